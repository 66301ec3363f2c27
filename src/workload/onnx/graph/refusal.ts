/** An operator cannot be understood or mapped, for a reason that its author can act on. */
export class Refusal extends Error {}

export function refuse(reason: string): never {
  throw new Refusal(reason);
}
