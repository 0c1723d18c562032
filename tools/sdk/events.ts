// The tables of events by contract, and the types of their values.
import type { EventFragment, ParamType } from "ethers";

import { toParameter } from "../../packages/sdk/src/ethers/parameter.ts";
import { PUBLISHED, readAbi, toInterface } from "./contracts.ts";
import { HEADER } from "./header.ts";

/** Source of the events that the contracts log. */
export async function eventsSource(): Promise<string> {
  const tables: string[] = [];
  for (const contract of PUBLISHED) {
    const events: EventFragment[] = [];
    toInterface(await readAbi(contract)).forEachEvent((event) => events.push(event));
    if (events.length > 0) tables.push(tableSource(contract.name, events));
  }
  return `${HEADER}
import type { EventTable } from "../events/decode-event.ts";

${tables.join("\n")}`;
}

function tableSource(contract: string, unsorted: readonly EventFragment[]): string {
  const events = [...unsorted].sort((a, b) => (a.name < b.name ? -1 : 1));
  const table = `${contract.replace(/^I(?=[A-Z])/, "").replace(/^(?:[A-Z]+(?=\d)|[A-Z])/, (start) => start.toLowerCase())}Events`;
  const types = events.map(({ name, inputs }) => `  ${name}: ${structType(inputs)};`);
  const shapes = events.map((event) => {
    for (const { indexed, type } of event.inputs)
      if (indexed === true && !/^(?:u?int\d+|address|bool|bytes\d+)$/.test(type))
        throw new Error(`${contract}.${event.name} has an indexed ${type}, of which a log has the hash only`);
    return `  ${event.name}: { topic: "${event.topicHash}", inputs: ${JSON.stringify(event.inputs.map(shape))} },`;
  });
  return `/** The values of each event of \`${contract}\`. */
export interface ${contract}EventArgs {
${types.join("\n")}
}

/** Events of \`${contract}\`. */
export const ${table}: EventTable<${contract}EventArgs> = {
${shapes.join("\n")}
};
`;
}

/** A parameter as `decodeParameters` takes it. */
function shape(input: ParamType): object {
  return { ...toParameter(input), indexed: input.indexed === true };
}

function structType(inputs: readonly ParamType[]): string {
  if (inputs.length === 0) return "Record<never, never>";
  return `{ readonly ${inputs.map((input) => `${input.name}: ${valueType(input)}`).join("; readonly ")} }`;
}

function valueType(input: ParamType): string {
  if (input.isArray()) return `readonly ${valueType(input.arrayChildren)}[]`;
  if (input.isTuple()) return structType(input.components);
  if (/^u?int\d+$/.test(input.type)) return "bigint";
  if (/^(?:address|bytes\d*)$/.test(input.type)) return "`0x${string}`";
  if (input.type === "bool") return "boolean";
  if (input.type === "string") return "string";
  throw new Error(`packages/sdk/src/shared/abi-decoder.ts cannot decode a value of the type ${input.type}`);
}
