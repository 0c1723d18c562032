export const addresses: Record<number, Record<string, string>> = {};
