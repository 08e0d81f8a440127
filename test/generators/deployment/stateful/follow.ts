/**
 * Follows the library through the moments of a history with the books beside it: what it should have done, what it did,
 * and after every check whether the books still balance (group H of the properties).
 */
import { Deployment, Instant } from 'seatwise'
import type { WireAction, WireDeletion, WireEvent, WireProductPack } from '../../../model/deployment.js'
import { normalizedDevice } from '../../../model/deployment.js'
import {
  accountOf,
  deedOf,
  enter,
  inTurn,
  isChecked,
  knowledgeOf,
  lastOf,
  memberOf,
  nameOf,
  typesIn,
  type Books,
  type Member,
} from './books.js'

const [SECOND, MINUTE, DAY] = [1_000, 60_000, 86_400_000] as const

export const millisecondsIn = { second: SECOND, minute: MINUTE, day: DAY } as const

const todayAt = (at: number): number => Math.floor(at / DAY)

type Action = Exclude<WireAction, 'none'>

const ALL: ReadonlyArray<Action> = ['assign', 'renew', 'exchange', 'deploy-bundled']
const NEEDED: ReadonlyArray<Action> = ['assign', 'deploy-bundled']
const RENEWING: ReadonlyArray<Action> = ['renew']

type Told = Deployment.EventMoment['decisions'][number]

/** What was done for a device and type since its record was last another one. */
type Trail = { last: number; readonly renewals: Set<string> }

export type Watch = {
  readonly books: Books
  readonly trails: Map<string, Trail>
  /** What the portal knows and the UMS does not, until it refreshes (ALD-67). */
  readonly unseen: Map<string, number>
  readonly actions: Map<string, number>
  lastFullCheck: number
}

export const watchOf = (books: Books, lastFullCheck: number, actions: Map<string, number>): Watch => ({
  ...{ books, trails: new Map(), unseen: new Map(), actions, lastFullCheck },
})

const fails = (law: string, ...evidence: ReadonlyArray<unknown>): never => {
  throw new Error(`${law}: ${evidence.map((each) => JSON.stringify(each)).join(' ')}`)
}

// -------------------------------------------------------------------------------------
// one check
// -------------------------------------------------------------------------------------

const trailOf = ({ trails }: Watch, about: string): Trail => {
  const trail = trails.get(about) ?? { last: -Infinity, renewals: new Set<string>() }
  trails.set(about, trail)
  return trail
}

/** One thing done, by the laws of group H that concern one. */
const auditDeed = (watch: Watch, member: Member, told: Told, today: number): void => {
  const { books, actions } = watch
  const { action, device, pack } = told
  const type = nameOf(told)
  const about = `${device} ${type}`
  const trail = trailOf(watch, about)
  const until = told.expires ?? Infinity
  const account = pack === undefined ? undefined : books.packs.get(pack)
  actions.set(action, (actions.get(action) ?? 0) + 1)
  const { automaticDeployment, licenseExchange, licenseServerReachable } = books.settings
  if (automaticDeployment !== true && action !== 'deploy-bundled') fails('H1: deployment is off', told)
  if (licenseServerReachable === false) fails('H13: the service is down', told)
  if (until <= lastOf(member, type)) fails('H10: the last valid day moves forward', told)
  if (until <= trail.last) fails('H10: not so far as once before', told, trail.last)
  if (pack !== undefined && account?.until !== until) fails('H8: the date is that of the last refresh', told)
  if (account !== undefined && (account.starts > today || account.until < today)) fails('H2: the pack is valid', told)
  if (action === 'assign' || action === 'exchange') {
    if (account === undefined || account.allocated >= account.record.total) fails('H4: a license is free', told)
  }
  if (action === 'exchange' && licenseExchange !== true) fails('H9: exchange is on', told)
  if (action === 'renew') {
    const renewal = `${String(pack)} ${String(until)}`
    if (trail.renewals.has(renewal)) fails('H7: no double renewal', told)
    trail.renewals.add(renewal)
  }
  trail.last = until
}

/** A check of some devices: exactly what the books say is done, in their turn. */
const auditCheck = (
  watch: Watch,
  at: number,
  members: ReadonlyArray<Member>,
  takes: ReadonlyArray<Action>,
  decisions: ReadonlyArray<Told>,
): void => {
  const { books } = watch
  const [today, types] = [todayAt(at), typesIn(books)]
  let place = 0
  for (const member of members)
    for (const type of types) {
      const deed = deedOf(books, member, type, today)
      if (deed === undefined || !takes.includes(deed.action)) continue
      const told = decisions[place]
      const isIt =
        told?.device === member.record.id &&
        nameOf(told) === type &&
        told.action === deed.action &&
        told.pack === deed.pack &&
        (told.expires ?? Infinity) === deed.until
      if (told === undefined || !isIt)
        return fails('H20: whoever can be served is', at, member.record.id, type, deed, told)
      auditDeed(watch, member, told, today)
      enter(books, member, type, deed)
      place += 1
    }
  if (place < decisions.length) fails('nothing else is done', at, decisions.slice(place))
}

/** After every check: what is allocated is what was made less what was released (H11, H12). */
const balance = ({ books }: Watch): void => {
  for (const { record, allocated, opened, made, released } of books.packs.values()) {
    if (allocated !== opened + made - released) fails('H11: made less released', record, allocated, made, released)
  }
}

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

/** Section 13, by the table. */
const auditDeletion = (watch: Watch, deletion: WireDeletion, told: Deployment.EventMoment['deleted']): void => {
  const { books } = watch
  const member = books.members.get(deletion.device)
  if (member === undefined) return told === undefined ? undefined : fails('nobody was deleted', told)
  const mayReturn = books.knows.exchange && member.record.osVersion.startsWith('12')
  const status = !deletion.deleteLicenses
    ? 'kept'
    : !mayReturn
      ? 'not-available'
      : deletion.ilpReachable
        ? 'returned'
        : 'pending'
  const offline = books.knows.clearing ? 'removed-at-next-connection' : 'stays'
  const onDevice = !deletion.deleteLicenses || !mayReturn ? 'stays' : deletion.online ? 'removed' : offline
  if (told?.status !== status || told.onDevice !== onDevice) fails('section 13', deletion, status, onDevice, told)
  const sources = new Set(
    [...member.held.values()].flat().flatMap(({ source, pack }) => (source === 'pack' ? [pack] : [])),
  )
  for (const account of books.packs.values()) {
    if (status !== 'returned' || !sources.has(account.record.id) || account.allocated === 0) continue
    account.allocated -= 1
    account.released += 1
  }
  books.members.delete(deletion.device)
  forget(watch, deletion.device)
}

const forget = ({ trails }: Watch, device: string): void => {
  for (const about of trails.keys()) if (about.startsWith(`${device} `)) trails.delete(about)
}

const changed = <A extends object>(record: A, changes: object): A =>
  Object.fromEntries(Object.entries({ ...record, ...changes }).filter(([, held]) => held !== null)) as A

/** What an event does to the books; the checks that it leads to, and what was taken at once. */
const auditEvent = (watch: Watch, event: WireEvent, moment: Deployment.EventMoment): ReadonlyArray<number> => {
  const { books } = watch
  const at = moment.at as number
  const takenAtOnce = (members: ReadonlyArray<Member>, takes: ReadonlyArray<Action>) =>
    auditCheck(watch, at, members, takes, moment.decisions)
  if (event.kind !== 'refresh' && event.kind !== 'check' && moment.decisions.length > 0)
    fails('this takes nothing', event, moment.decisions)
  switch (event.kind) {
    case 'register':
      books.members.set(event.device.id, memberOf(normalizedDevice({ ...event.device, registered: event.at })))
      forget(watch, event.device.id)
      return [at + 30 * SECOND]
    case 'reboot':
      return books.members.has(event.device) ? [at + 5 * MINUTE] : []
    case 'device': {
      const member = books.members.get(event.device)
      if (member !== undefined) member.record = changed(member.record, event.changes)
      return []
    }
    case 'settings':
      books.settings = changed(books.settings, event.changes)
      books.knows = knowledgeOf(books.settings)
      return []
    case 'refresh': {
      const known = books.packs.get(event.pack)
      const record = changed({ ...known?.record, id: event.pack } as WireProductPack, event.changes)
      const { allocated = known?.allocated ?? 0 } = event.changes as Partial<WireProductPack>
      const account = accountOf({ ...record, allocated })
      const counted = event.changes.allocated === undefined && known !== undefined
      books.packs.set(
        event.pack,
        counted ? { ...account, opened: known.opened, made: known.made, released: known.released } : account,
      )
      takenAtOnce(
        inTurn(books).filter(({ held }) =>
          [...held.values()].flat().some(({ source, pack }) => source === 'pack' && pack === event.pack),
        ),
        RENEWING,
      )
      return []
    }
    case 'remove-pack':
      books.packs.delete(event.pack)
      return []
    case 'delete':
      auditDeletion(watch, event, moment.deleted)
      return []
    case 'check':
      takenAtOnce(
        inTurn(books).filter(({ record }) => event.devices?.includes(record.id) ?? true),
        ALL,
      )
      return []
  }
}

// -------------------------------------------------------------------------------------
// days
// -------------------------------------------------------------------------------------

/** Hears of every full check, when the books have been balanced after it. */
export type OnFullCheck = (at: number) => void

/** Reads a history from one full check to another; gives back the estate at its end. */
export const follow = (
  watch: Watch,
  history: Deployment.History,
  events: ReadonlyArray<WireEvent>,
  onFullCheck: OnFullCheck,
): Deployment.EndMoment['estate'] => {
  const { books } = watch
  const pending: Array<{ readonly at: number; readonly device: string }> = []
  let place = 0
  const fullCheck = (at: number, decisions: ReadonlyArray<Told>): void => {
    auditCheck(watch, at, inTurn(books), ALL, decisions)
    balance(watch)
    watch.lastFullCheck = at
    onFullCheck(at)
  }
  for (const moment of history) {
    const at = moment.at as number
    // Full checks for which there is nothing need not be told.
    while (
      moment.kind !== 'start' &&
      !isChecked(books) &&
      watch.lastFullCheck + DAY < at + Number(moment.kind === 'end')
    )
      fullCheck(watch.lastFullCheck + DAY, [])
    const nextFull = watch.lastFullCheck + DAY
    const nextSingle = Math.min(Infinity, ...pending.map((each) => each.at))
    switch (moment.kind) {
      case 'start':
        break
      case 'event': {
        const event = events[place]!
        place += 1
        if (Date.parse(event.at) !== at || event.kind !== moment.event.kind) fails('events in their order', event, at)
        if (at > nextSingle || at > nextFull) fails('no check is missed', Instant.show(moment.at))
        const device = 'device' in event ? (event.kind === 'register' ? event.device.id : event.device) : ''
        for (const due of auditEvent(watch, event, moment)) pending.push({ at: due, device })
        break
      }
      case 'device-check': {
        if (at !== nextSingle || at > nextFull) fails('single checks when they are due', Instant.show(moment.at))
        const due = new Set(pending.filter((each) => each.at === at).map(({ device }) => device))
        const members = inTurn(books).filter(({ record }) => due.has(record.id))
        pending.splice(0, pending.length, ...pending.filter((each) => each.at !== at))
        auditCheck(watch, at, members, NEEDED, moment.decisions)
        balance(watch)
        break
      }
      case 'full-check':
        if (at !== nextFull || at >= nextSingle) fails('full checks every 24 hours', Instant.show(moment.at))
        fullCheck(at, moment.decisions)
        break
      case 'end':
        if (place !== events.length) fails('all events happen', events.slice(place))
        if (watch.lastFullCheck !== at) fails('the last moment is a full check', Instant.show(moment.at))
        return moment.estate
    }
  }
  return fails('a history has an end')
}

/** What is done at once, for all devices, by a plan started by hand. */
export const followPlan = (watch: Watch, at: number, decisions: ReadonlyArray<Told>): void => {
  auditCheck(
    watch,
    at,
    inTurn(watch.books),
    ALL,
    decisions.filter(({ action }) => action !== 'none'),
  )
  balance(watch)
}

/** Writes down what was done, whoever decided it. */
export const followOperations = (watch: Watch, at: number, decisions: ReadonlyArray<Told>): void => {
  const { books } = watch
  for (const told of decisions) {
    const member = books.members.get(told.device)!
    auditDeed(watch, member, told, todayAt(at))
    const { action, pack, expires = Infinity } = told
    if (action !== 'none')
      enter(books, member, nameOf(told), { action, until: expires, ...(pack === undefined ? {} : { pack }) })
  }
  balance(watch)
}
