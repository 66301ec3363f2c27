import type { Machine } from '../arch/machine.js';
import type { Candidate } from './candidate.js';
import type { Pricer } from './pricer.js';
import { setTiles } from './geometry.js';
import type { Goals } from './goals.js';
import { Hopes } from './hopes.js';
import type { LayerProblem } from './problem.js';
import type { Schedules } from './schedules.js';
import type { TileSpace } from './tile-space.js';

/**
 * Goes through the tile choices of spaces, loop by loop, and leaves out what the bound of the loops that are cut so far
 * and the memory of the smallest tiles rule out, however the others are cut.
 */
export class SpaceWalk {
  /** Tile choices of all spaces. */
  considered = 0;
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly pricer: Pricer;
  private readonly candidate: Candidate;
  private readonly goals: Goals;
  private readonly schedules: Schedules;
  private readonly belowBytes: number;
  private readonly everywhere: Hopes;
  private readonly inSpace: Hopes;
  private readonly inPixels: Hopes;
  private readonly inReduction: Hopes;

  constructor(
    problem: LayerProblem,
    machine: Machine,
    pricer: Pricer,
    candidate: Candidate,
    goals: Goals,
    schedules: Schedules,
    belowBytes: number,
  ) {
    this.problem = problem;
    this.machine = machine;
    this.pricer = pricer;
    this.candidate = candidate;
    this.goals = goals;
    this.schedules = schedules;
    this.belowBytes = belowBytes;
    this.everywhere = new Hopes(goals);
    this.inSpace = new Hopes(goals);
    this.inPixels = new Hopes(goals);
    this.inReduction = new Hopes(goals);
  }

  /** `at`: the place of the space in the list of spaces. */
  through(space: TileSpace, at: number): void {
    const { groups, pixels, reductions, channels } = space;
    this.considered += groups.length * pixels.length * reductions.length * channels.length;
    this.bound(space, 0, 0, 0);
    if (!this.inSpace.narrow(this.everywhere, this.candidate, 0)) return;
    for (let g = 0; g < groups.length; g++) {
      for (let m = 0; m < pixels.length; m++) this.throughPixelTile(space, at, g, m);
    }
  }

  private throughPixelTile(space: TileSpace, at: number, g: number, m: number): void {
    const { schedules, candidate, inPixels, inReduction, belowBytes } = this;
    const rows = space.reductions.length;
    const lastChannel = space.channels.length - 1;
    const least = schedules.leastMemory(at, g, m, rows - 1, lastChannel);
    if (least >= belowBytes) return;
    this.bound(space, g, m, 0);
    if (!inPixels.narrow(this.inSpace, candidate, least)) return;
    // With one row the bound is that of its pixel tile.
    if (rows === 1) return this.throughRow(inPixels, at, g, m, 0, lastChannel);
    for (let c = 0; c < rows; c++) {
      const leastOfRow = schedules.leastMemory(at, g, m, c, lastChannel);
      if (leastOfRow >= belowBytes) continue;
      if (c > 0) this.bound(space, g, m, c);
      if (inReduction.narrow(inPixels, candidate, leastOfRow)) this.throughRow(inReduction, at, g, m, c, lastChannel);
    }
  }

  private throughRow(hopes: Hopes, at: number, g: number, m: number, c: number, lastChannel: number): void {
    const { schedules } = this;
    schedules.beginReduction(at, g, m, c);
    for (let k = 0; k <= lastChannel; k++) schedules.tryDoubled(hopes, at, g, m, c, k);
  }

  private bound(space: TileSpace, g: number, m: number, c: number): void {
    const { candidate, problem, machine, pricer, goals } = this;
    setTiles(candidate, problem, machine, space, g, m, c, 0);
    pricer.boundUncut(candidate);
    if (goals.rule.ofEnergy !== null) candidate.minimumEnergy = pricer.energy.leastUncut(candidate);
  }
}
