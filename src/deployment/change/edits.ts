/**
 * Edits, checked against an estate and carried out on its records. Edits are a set: all are judged by the records as they
 * are before any of them, and their order means nothing. So no two of them may say something of the same pack, directory,
 * device or setting; and what they name must be there.
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import { shape, type DeploymentEdit } from '../../record/DeploymentEdit.js'
import type { DeploymentSettings } from '../../record/DeploymentSettings.js'
import type { Device } from '../../record/Device.js'
import type { Directory } from '../../record/Directory.js'
import type { Estate } from '../../record/Estate.js'
import type { ProductPack } from '../../record/ProductPack.js'
import { subjects, tell, type Telling } from '../../record/EditFaults.js'
import type { Rejection, Step } from '../../record/Rejection.js'
import { changed } from '../../record/Shape.js'
import { isAboveItself } from '../../value/Circle.js'
import type { DeviceId, DirectoryId, PackId } from '../../value/Id.js'
import { directoriesAbove } from '../directories.js'

// -------------------------------------------------------------------------------------
// circles
// -------------------------------------------------------------------------------------

/** Moved directories that would be above themselves. */
const tellCircles = (
  telling: Telling,
  directories: ReadonlyArray<Directory>,
  moves: ReadonlyMap<DirectoryId, { readonly index: number; readonly parent: DirectoryId | undefined }>,
): void => {
  const parents = new Map(directories.map(({ id, parent }) => [id, parent]))
  for (const [id, { parent }] of moves) parents.set(id, parent)
  for (const [id, { index }] of moves)
    if (isAboveItself(parents, id))
      tell(telling, 'contradiction', index, ['parent'], 'the directory would be above itself: name another parent', id)
}

// -------------------------------------------------------------------------------------
// carrying out
// -------------------------------------------------------------------------------------

/** The estate with the edits, or all that is wrong with them. The estate has every record once. */
export const estateWith = (
  estate: Estate,
  edits: ReadonlyArray<DeploymentEdit>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Estate> => {
  const { directories = [] } = estate
  const faults: Array<Rejection> = []
  const telling: Telling = { faults }
  const claim = subjects(telling)
  const packs = new Map<PackId, ProductPack>(estate.packs.map((pack) => [pack.id, pack]))
  const known: ReadonlyMap<PackId, ProductPack> = new Map(packs)
  const listed = new Map(directories.map((directory) => [directory.id, directory]))
  // A directory is itself even if the estate does not list it (ALD-39).
  const places = new Set([...listed.keys(), ...estate.devices.flatMap(({ directory }) => directory ?? [])])
  const devices = new Map<DeviceId, DirectoryId>()
  const moves = new Map<DirectoryId, { readonly index: number; readonly parent: DirectoryId | undefined }>()
  let { settings } = estate

  const isPlace = (directory: DirectoryId, index: number, path: ReadonlyArray<Step>): boolean => {
    if (places.has(directory)) return true
    tell(telling, 'unknown-value', index, path, 'name the id of a directory of the estate', directory)
    return false
  }
  const isListed = (directory: DirectoryId, index: number, field: string): boolean => {
    if (listed.has(directory)) return true
    tell(telling, 'unknown-value', index, [field], 'name the id of a directory that the estate lists', directory)
    return false
  }

  const read = (edit: DeploymentEdit, index: number): void => {
    switch (edit.kind) {
      case 'add-pack': {
        const { id } = edit.pack
        if (known.has(id))
          tell(
            telling,
            'contradiction',
            index,
            ['pack', 'id'],
            'the estate has a pack of this id: change that, or give it another',
            id,
          )
        claim(index, ['pack', 'id'], 'pack', id)
        packs.set(id, edit.pack)
        return
      }
      case 'change-pack':
      case 'remove-pack': {
        const pack = known.get(edit.pack)
        if (pack === undefined)
          return tell(telling, 'unknown-value', index, ['pack'], 'name the id of a pack of the estate', edit.pack)
        claim(index, ['pack'], 'pack', edit.pack)
        if (edit.kind === 'remove-pack') packs.delete(edit.pack)
        else packs.set(edit.pack, changed<ProductPack>(pack, edit.changes))
        return
      }
      case 'move-directory': {
        const { directory, parent } = edit
        isListed(directory, index, 'directory')
        if (parent !== undefined) isListed(parent, index, 'parent')
        claim(index, ['directory'], 'directory', directory)
        moves.set(directory, { index, parent })
        return
      }
      case 'move-devices': {
        const { of, to } = edit
        isPlace(to, index, ['to'])
        if (!isPlace(of.directory, index, ['of', 'directory'])) return
        const above = directoriesAbove(directories, new Set([of.directory]))
        const isIn = ({ directory }: Device): boolean =>
          directory !== undefined &&
          (directory === of.directory || (of.includeSubdirectories === true && above(directory).length > 0))
        for (const device of estate.devices) {
          if (!isIn(device)) continue
          claim(index, ['of'], 'device', device.id)
          devices.set(device.id, to)
        }
        return
      }
      case 'settings':
        for (const setting of Object.keys(edit.changes)) claim(index, ['changes', setting], 'setting', setting)
        settings = changed<DeploymentSettings>(settings, edit.changes)
    }
  }

  if (!Array.isArray(edits)) tell(telling, 'type', 0, [], 'pass a list of edits')
  else
    edits.forEach((edit, index) => {
      if (shape.is(edit)) read(edit, index)
      else tell(telling, 'type', index, [], 'pass an edit: Edit.decodeAll reads edits')
    })
  tellCircles(telling, directories, moves)
  const [fault, ...others] = faults
  if (fault !== undefined) return E.left([fault, ...others])
  return E.right({
    ...estate,
    settings,
    packs: [...packs.values()],
    devices:
      devices.size === 0
        ? estate.devices
        : estate.devices.map((device) => {
            const directory = devices.get(device.id)
            return directory === undefined ? device : { ...device, directory }
          }),
    ...(moves.size === 0
      ? {}
      : {
          directories: directories.map((directory): Directory => {
            const move = moves.get(directory.id)
            const { id, name } = directory
            return move === undefined
              ? directory
              : { id, name, ...(move.parent === undefined ? {} : { parent: move.parent }) }
          }),
        }),
  })
}
