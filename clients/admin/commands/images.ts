import type { Command } from 'commander';
import type { ExistingLabels, ExportFormat, TransferFormat } from '../../typescript/index.ts';
import { exportImages, type ExportOptions } from '../export-images.ts';
import { addImageList } from './image-list.ts';
import { importImages, type ImportOptions } from '../import-images.ts';
import { leaf, type Kit } from '../kit.ts';
import { enumOption, projectOption } from '../options.ts';
import { uploadImages, type UploadCommandOptions } from '../upload-images.ts';

interface OfProject {
  readonly project?: string;
}

export function addImages(program: Command, kit: Kit): void {
  const images = program.command('images').description('images: bring, list, export, delete');
  leaf(images, 'import', 'bring pictures with their labels: folders, archives, documents of labels', [
    'exemplar images import flowers/ -p flowers          # a folder of class folders',
    'exemplar images import flowers.zip -p flowers --preview',
    'exemplar images import labels.csv pictures.zip -p flowers --existing replace',
  ])
    .argument(
      '[paths...]',
      'folders, ZIP, TAR, TAR.GZ, or documents (.csv .json .jsonl .manifest), read as one; at most 10',
    )
    .addOption(projectOption())
    .addOption(
      enumOption<TransferFormat>('--format <format>', 'how labels are written; left out = found out', [
        'CLASS_FOLDERS',
        'IMAGE_TEXT',
        'CSV',
        'COCO_LABELS',
        'LABEL_STUDIO',
        'MODELARTS_MANIFEST',
        'SAGEMAKER_MANIFEST',
        'VERTEX_JSONL',
      ]),
    )
    .option('--split-folders', 'folders called train, val and the like are sides; left out = their neighbours decide')
    .option('--no-split-folders', 'folders called train, val and the like are labels')
    .option('--label-separator <text>', 'between several labels in a cell of a CSV, such as |')
    .option('--detection', 'read boxes of COCO as labels of their images')
    .option('--server-folder <folder>', 'a folder of the workers, below EXEMPLAR_IMPORT_ROOT; administrators')
    .option(
      '--store-prefix <place>',
      'a folder of a bucket, below EXEMPLAR_IMPORT_PREFIXES, s3://BUCKET/FOLDER/; administrators',
    )
    .addOption(
      enumOption<ExistingLabels>('--existing <labels>', 'images that have labels; default: add', [
        'ADD',
        'KEEP',
        'REPLACE',
      ]),
    )
    .option('--preview', 'only say what would be found')
    .option('--detach', 'do not wait for the end')
    .action(
      kit.act(async (session, paths: readonly string[], { project, ...options }: OfProject & ImportOptions) =>
        importImages(session, await session.find.project(project), paths, options),
      ),
    );
  leaf(images, 'upload', 'upload pictures one by one, with a result for each', [
    'exemplar images upload *.jpg -p flowers --label rose',
    'exemplar images upload camera-1/ -p flowers --group camera-1',
  ])
    .argument('<paths...>', 'pictures, or folders of pictures')
    .addOption(projectOption())
    .option('--label <label>', 'that they get; it must be there')
    .option('--group <group>', 'images of a group stand on one side of the split')
    .action(
      kit.act(async (session, paths: readonly string[], { project, ...options }: OfProject & UploadCommandOptions) =>
        uploadImages(session, await session.find.project(project), paths, options),
      ),
    );
  leaf(images, 'export', 'take pictures and labels away as a ZIP archive', [
    'exemplar images export -p flowers                        # flowers-folders.zip',
    'exemplar images export -p flowers --format coco --no-images --out labels.zip',
  ])
    .addOption(projectOption())
    .addOption(
      enumOption<ExportFormat>('--format <format>', 'in which form; default: folders', [
        'FOLDERS',
        'CSV',
        'COCO',
        'LABEL_STUDIO',
        'MODELARTS_MANIFEST',
        'SAGEMAKER',
      ]),
    )
    .option('--dataset-version <name>', 'as it was then; left out = the labels as they are')
    .option('--no-images', 'documents only')
    .option('--unlabelled', 'also images without a label')
    .option('--source-prefix <prefix>', 'what stands before each path in the documents, such as s3://bucket/flowers/')
    .option('--out <file>', 'where to; default: PROJECT-FORMAT.zip')
    .action(
      kit.act(async (session, { project, ...options }: OfProject & ExportOptions) =>
        exportImages(session, await session.find.project(project), options),
      ),
    );
  addImageList(images, kit);
}
