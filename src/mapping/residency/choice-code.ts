/** What an edge of the state space stands for, packed in a number. */

/** An edge that runs nothing: a tensor with a copy off-chip is dropped. */
export const DROP = -1;

/** The step, where its output goes, whether its weights stay, and what it prefetches. */
export function choiceCode(step: number, place: number, weightsOnChip: boolean, nextQuarters: number): number {
  return place | (weightsOnChip ? 4 : 0) | (nextQuarters << 3) | (step << 6);
}

export const stepOf = (choice: number): number => choice >> 6;
export const placeOf = (choice: number): number => choice & 3;
export const weightsOnChipOf = (choice: number): boolean => (choice & 4) > 0;
export const nextQuartersOf = (choice: number): number => (choice >> 3) & 7;
