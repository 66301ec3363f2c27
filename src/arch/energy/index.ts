export type { EnergyRow, EnergyTable } from './energy-table.js';
export { energyTableJsonSchema, energyTableSchema, readEnergyTable, technologySchema } from './energy-table.js';
export type { MachineEnergy } from './machine-energy.js';
export { machineEnergy } from './machine-energy.js';
export type { EnergySpec } from './schema.js';
export { energySchema } from './schema.js';
export type { FixedMacPoints } from './table-figures.js';
export { fixedMacPj, TableFigures } from './table-figures.js';
export { energyScale } from './technology.js';
