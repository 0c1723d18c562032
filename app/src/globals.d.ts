/** Whether this build contains the development wallet. */
declare const __DEVELOPMENT_WALLET__: boolean;
