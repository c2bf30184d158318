/**
 * What happens to the images when their label is deleted: the reference's `delete_policy` 0, 1 and 2. Images that carry other labels too
 * stay. With the last one the images are gone for good, as with `deleteSourceFiles`; the label itself can be restored in any case.
 */
export const labelDeletePolicies = ['LABEL_ONLY', 'LABEL_AND_IMAGES', 'LABEL_IMAGES_AND_SOURCE_FILES'] as const;
export type LabelDeletePolicy = (typeof labelDeletePolicies)[number];
