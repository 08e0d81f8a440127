// @ts-check
/**
 * What `--help` prints.
 */
import * as Example from '../deploy/example.mjs'

export const usage = `Decides who gets which software license, and prints what an administrator wants to know first.

Usage: npm start [-- OPTIONS]

Allocation: which installation gets which license

  --catalog FILE           a catalog: units, tracked software and licenses (JSON)
  --snapshots FILE         a list of audit snapshots (JSON); goes with --catalog
  --allocations FILE       a list of the allocations that stand before the run (JSON); goes with these two
  --policy FILE            policy options, as in {"restrictions": "strict"} (JSON)
  --as-of DAY              the day on which expiry is judged, as in 2026-01-31
  --explain INSTALLATION   explain the decision about this installation id
  --computer ID            the computer, where several have an installation of that id

  and instead of a synchronization, the answer to one question about these records:

  --analyze                what is wrong with them: licenses that never win, keys that occur twice, and so on
  --what-if FILE           what a list of edits would change (JSON), as in
                           [{"kind": "buy", "license": "L-7", "entitlements": 5}]
  --would-allocate INSTALLATION
                           what would have to change for this installation id to get a license: all the smallest
                           sets of remedies; with --computer as for --explain
  --license ID             with --would-allocate: to get this license and no other
  --regret                 where licenses are limited, who could be served besides by which swaps, and where to buy
  --certificate            what to keep as proof: SHA-256 hashes of the records, the policy and the results

Deployment: which device gets a license from which product pack

  --estate FILE            an estate: settings, directories, packs, devices, bundled licenses (JSON)
  --now INSTANT            the instant that is planned for, as in ${Example.now}; goes with
                           --estate, since nothing here reads a clock
  --until DAY              carry the plan out and simulate what follows, up to the end of this day
  --events FILE            a list of what happens meanwhile (JSON); goes with --estate and --until
  --device ID              explain the decision about each license type for this device id

  and instead of a plan, the answer to one question about this estate:

  --analyze                what is wrong with it: packs that nobody can use, conditions nobody can meet, and so on;
                           goes with --now, and without it is about allocation
  --what-if FILE           what a list of edits would change (JSON), as in
                           [{"kind": "remove-pack", "pack": "P-1"}]; goes with --now, as --analyze does
  --would-serve DEVICE     what would have to change for this device id to be served: all the smallest sets of remedies
  --type TYPE              with --would-serve: with this license type, as in udc3 or "add-on 90meter", instead of each
                           that is decided on for the device

Both

  --bound N                with --would-allocate or --would-serve: so many remedies together at most, from 1 to 4;
                           2 where nothing is said
  --json                   of allocation: print { decisions, rejections, released, allocations, compliance } as JSON,
                           where allocations are those after the run, and go into the next; with --explain also the
                           explanation. Of deployment: { decisions, operations, rejections, coverage, consumption,
                           notifications }; with --until also { taken, forecast, preventions }, where taken are the
                           decisions of the simulation, each with its instant; with --device also explanations.
                           Of one question: its answer, as { findings }, { diff, coverage, worseOff, ... },
                           { decision, answers, ... }, { counterfactuals }, { served, optimum, swaps, proof, ... } or
                           { certificate }, each with rejections
  --help                   print this

Without options two examples are shown: the estate beside this script is synchronized three times, a week apart, and
that of deployment is planned for ${Example.now} and simulated for a year. An option of one half shows that
half alone, without files of your own its example; --json alone shows allocation.
Progress and rejected records go to standard error.
Exit status: 0 all records were decided on, 1 some were rejected and the rest decided, 2 nothing was decided.`
