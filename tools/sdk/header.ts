/** What every generated file begins with. */
export const HEADER = `// Generated from the build by \`npm run sdk\`; do not edit.
`;
