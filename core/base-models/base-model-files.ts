export const cardFile = 'base-model.json';
export const adoptionFile = 'adoption.json';
/** Of a base model that was made of somebody's file; the card last, since a folder with a card counts as whole. */
export const baseModelFiles = ['model.onnx', adoptionFile, cardFile] as const;
