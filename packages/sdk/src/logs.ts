// Reads long histories of logs from nodes that answer for short ones only: `@termstake/sdk/logs`.
export { LogAnswerError, parseLog, type Log } from "./logs/log.ts";
export { type LogFilter, type RpcLogFilter } from "./logs/filter.ts";
export { LogPager, type LogPagerOptions, type LogPiece, type LogSource } from "./logs/log-pager.ts";
export { asksTooMuch } from "./logs/refusal.ts";
