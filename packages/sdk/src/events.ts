// What contracts log, with names and types: `@termstake/sdk/events`.
export { decodeEvent, topicOf, type ContractEvent, type EventTable } from "./events/decode-event.ts";
export * from "./generated/events.ts";
