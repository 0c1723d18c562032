/**
 * An amount in base units as a decimal number: `1.5` for 1,500,000 of 6 decimals, without zeros at the end. A token may claim up to 255
 * decimals, more than ethers' own rule takes.
 */
export function decimalText(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
