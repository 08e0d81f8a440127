/**
 * Edits of estates, in the wire format, and what they make of an estate when a test carries them out by hand.
 */
import fc from 'fast-check'
import type { WireEstate, WireProductPack } from '../../model/deployment.js'
import { daysFrom } from './words.js'

export type WireDeploymentEdit =
  | { readonly kind: 'add-pack'; readonly pack: WireProductPack }
  | { readonly kind: 'change-pack'; readonly pack: string; readonly changes: Partial<WireProductPack> }
  | { readonly kind: 'remove-pack'; readonly pack: string }
  | { readonly kind: 'move-directory'; readonly directory: string; readonly parent?: string }
  | {
      readonly kind: 'move-devices'
      readonly of: { readonly directory: string; readonly includeSubdirectories: boolean }
      readonly to: string
    }
  | { readonly kind: 'settings'; readonly changes: object }

type Plan = {
  readonly kind: WireDeploymentEdit['kind']
  readonly a: number
  readonly b: number
  readonly flag: boolean
}

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom(
    ...(['add-pack', 'add-pack', 'change-pack', 'remove-pack', 'move-directory', 'move-devices', 'settings'] as const),
  ),
  a: fc.nat({ max: 11 }),
  b: fc.nat({ max: 11 }),
  flag: fc.boolean(),
})

const at = <A>(list: ReadonlyArray<A>, place: number): A | undefined => list[place % Math.max(1, list.length)]

const SETTINGS = [
  { automaticDeployment: false },
  { licenseExchange: true, exchangeDaysBeforeExpiration: 30 },
  { hardwareBundledDeployment: true },
  { distributionConditions: [] },
  { licenseServerReachable: false },
  { umsVersion: '12.14.100' },
]

const editIn = (
  { packs, directories = [], devices }: WireEstate,
  now: string,
  { kind, a, b, flag }: Plan,
): WireDeploymentEdit => {
  const pack = at(packs, a)
  const places = [...directories.map(({ id }) => id), ...devices.flatMap(({ directory = ' ' }) => directory)].filter(
    (directory) => directory.trim() !== '',
  )
  const day = daysFrom(now)
  switch (kind) {
    case 'add-pack': {
      const like = pack ?? { licenseType: 'workspace-edition' as const, registered: day(-1), umsIds: ['U1'] }
      return { kind, pack: { ...like, id: 'P-new', total: 2 + (b % 3), allocated: b % 2 } }
    }
    case 'change-pack':
      return {
        kind,
        pack: pack?.id ?? 'gone',
        changes: flag ? { total: b } : { expires: day((b - 6) * 10), active: b !== 3 },
      }
    case 'remove-pack':
      return { kind, pack: pack?.id ?? 'gone' }
    case 'move-directory': {
      const parent = b > 8 ? undefined : at(directories, b)?.id
      return {
        kind,
        directory: at(directories, a)?.id ?? 'gone',
        ...(parent === undefined ? {} : { parent }),
      }
    }
    case 'move-devices':
      return {
        kind,
        of: { directory: at(places, a) ?? 'gone', includeSubdirectories: flag },
        to: at(places, b) ?? 'gone',
      }
    case 'settings':
      return { kind, changes: at(SETTINGS, a)! }
  }
}

/** Up to three edits of an estate. Some name what is not there, or contradict each other. */
export const deploymentEditsOf = (estate: WireEstate, now: string): fc.Arbitrary<ReadonlyArray<WireDeploymentEdit>> =>
  fc.array(plan, { minLength: 1, maxLength: 3 }).map((plans) => plans.map((each) => editIn(estate, now, each)))

// -------------------------------------------------------------------------------------
// by hand
// -------------------------------------------------------------------------------------

const isIn = (
  { directories = [] }: WireEstate,
  directory: string | undefined,
  of: Extract<WireDeploymentEdit, { kind: 'move-devices' }>['of'],
): boolean => {
  const seen = new Set<string>()
  for (let place = directory; place !== undefined && !seen.has(place);) {
    if (place === of.directory) return true
    seen.add(place)
    const here: string = place
    place = of.includeSubdirectories ? directories.find(({ id }) => id === here)?.parent : undefined
  }
  return false
}

/** An estate after an edit, by the words of the edit; whom it concerns is told by the estate as it was before all of them. */
export const carriedOut =
  (before: WireEstate) =>
  (estate: WireEstate, edit: WireDeploymentEdit): WireEstate => {
    switch (edit.kind) {
      case 'add-pack':
        return { ...estate, packs: [...estate.packs, edit.pack] }
      case 'change-pack':
        return {
          ...estate,
          packs: estate.packs.map((pack) => (pack.id === edit.pack ? { ...pack, ...edit.changes } : pack)),
        }
      case 'remove-pack':
        return { ...estate, packs: estate.packs.filter(({ id }) => id !== edit.pack) }
      case 'move-directory':
        return {
          ...estate,
          directories: (estate.directories ?? []).map((each) =>
            each.id === edit.directory
              ? { id: each.id, name: each.name, ...(edit.parent === undefined ? {} : { parent: edit.parent }) }
              : each,
          ),
        }
      case 'move-devices': {
        const moved = new Set(
          before.devices.filter(({ directory }) => isIn(before, directory, edit.of)).map(({ id }) => id),
        )
        return {
          ...estate,
          devices: estate.devices.map((each) => (moved.has(each.id) ? { ...each, directory: edit.to } : each)),
        }
      }
      case 'settings':
        return { ...estate, settings: { ...estate.settings, ...edit.changes } }
    }
  }
