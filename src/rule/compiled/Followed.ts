/**
 * The leads of one part of a subject, by shelves: so that what a computer shows is followed once, and each of its
 * installations finds what concerns its shelf.
 */
/* eslint-disable no-param-reassign -- written in place, once for each part of a subject */
import { doubled } from '../../value/Lists.js'
import { numberOf, type Leads } from './Leads.js'

/** Leads, as lists by shelves. */
export interface Followed {
  readonly leads: Leads
  /** By shelves: whether it has a list, which is so at the present stamp; and the last lead of it, by its position. */
  readonly stamps: Int32Array
  readonly lasts: Int32Array
  /** By positions: the lead, and the position of the one before it, or -1. */
  all: Int32Array
  before: Int32Array
  count: number
  stamp: number
}

export const nothingFollowed = (leads: Leads): Followed => {
  const shelves = leads.shelfStarts.length
  return {
    leads,
    stamps: new Int32Array(shelves),
    lasts: new Int32Array(shelves),
    all: new Int32Array(16),
    before: new Int32Array(16),
    count: 0,
    stamp: 0,
  }
}

const LAST_STAMP = 0x7fffffff

/** Forgets all leads. */
export const forgetLeads = (followed: Followed): void => {
  followed.count = 0
  followed.stamp += 1
  if (followed.stamp === LAST_STAMP) {
    followed.stamp = 1
    followed.stamps.fill(0)
  }
}

/** Adds where a key leads to. */
export const follow = (followed: Followed, code: number): void => {
  const { leads, stamps, lasts, stamp } = followed
  const end = leads.starts[code + 1] ?? 0
  for (let at = leads.starts[code] ?? 0; at < end; at += 1) {
    const lead = leads.followed[at] ?? 0
    const shelf = leads.shelves[numberOf(lead)] ?? 0
    const position = followed.count
    if (position === followed.all.length) {
      followed.all = doubled(followed.all)
      followed.before = doubled(followed.before)
    }
    followed.all[position] = lead
    followed.before[position] = stamps[shelf] === stamp ? (lasts[shelf] ?? -1) : -1
    stamps[shelf] = stamp
    lasts[shelf] = position
    followed.count = position + 1
  }
}
