export const formula = () => undefined;
