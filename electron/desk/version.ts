/** The product's version: the package's, as a test holds. */
export const version = '0.1.0';
