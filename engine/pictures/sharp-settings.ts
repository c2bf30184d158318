import sharp from 'sharp';

// Every picture is another one, so that libvips' cache of operations only holds memory. Parallel work comes from several
// pictures in flight; threads inside one picture made it slower (training.md, section 4).
sharp.cache(false);
sharp.concurrency(1);
