export { openCacheFolder, type CacheFolder, type CacheStatistics } from './cache-folder.ts';
