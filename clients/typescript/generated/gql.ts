/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment UserFields on User {\n    __typename\n    id\n    name\n    isAdministrator\n    createdAt\n    disabledAt\n  }\n": typeof types.UserFieldsFragmentDoc,
    "\n  fragment UserDetails on User {\n    ...UserFields\n    accessTokens {\n      ...AccessTokenFields\n    }\n    memberships {\n      projectId\n      projectName\n      role\n    }\n  }\n": typeof types.UserDetailsFragmentDoc,
    "\n  fragment AccessTokenFields on AccessToken {\n    __typename\n    id\n    name\n    scope\n    createdAt\n    expiresAt\n    lastUsedAt\n    revokedAt\n    deploymentId\n  }\n": typeof types.AccessTokenFieldsFragmentDoc,
    "\n  query Viewer {\n    viewer {\n      user {\n        ...UserFields\n      }\n      accessTokens {\n        ...AccessTokenFields\n      }\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query Users($filter: UserFilter, $first: Int, $after: String) {\n    users(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...UserFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.UsersDocument,
    "\n  query User($id: ID!) {\n    user(id: $id) {\n      ...UserDetails\n    }\n  }\n": typeof types.UserDocument,
    "\n  mutation UpdateUser($id: ID!, $input: UpdateUserInput!) {\n    updateUser(id: $id, input: $input) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.UpdateUserDocument,
    "\n  mutation DisableUser($id: ID!) {\n    disableUser(id: $id) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.DisableUserDocument,
    "\n  mutation EnableUser($id: ID!) {\n    enableUser(id: $id) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.EnableUserDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateUserDocument,
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      ... on CreatedAccessToken {\n        __typename\n        token\n        accessToken {\n          ...AccessTokenFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateAccessTokenDocument,
    "\n  mutation RevokeAccessToken($id: ID!) {\n    revokeAccessToken(id: $id) {\n      ...AccessTokenFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.RevokeAccessTokenDocument,
    "\n  mutation AnnotateImages($input: AnnotateImagesInput!) {\n    annotateImages(input: $input) {\n      ... on AnnotateImagesPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on AnnotatedImage {\n            __typename\n            image {\n              ...ImageFields\n            }\n          }\n          ... on AnnotationRefused {\n            __typename\n            imageId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.AnnotateImagesDocument,
    "\n  query BaseModels {\n    baseModels {\n      name\n      version\n      source\n      licence\n      bytes\n      sha256\n      dimension\n      inputSize\n      parameters\n      multiplyAdds\n      millisecondsPerPicture\n      trainable\n      frozenOperators\n      remarks\n      offeredAt\n    }\n  }\n": typeof types.BaseModelsDocument,
    "\n  fragment BaseModelUploadFields on BaseModelUpload {\n    __typename\n    id\n    name\n    state\n    message\n    createdAt\n  }\n": typeof types.BaseModelUploadFieldsFragmentDoc,
    "\n  query BaseModelUploads {\n    baseModelUploads {\n      ...BaseModelUploadFields\n    }\n  }\n": typeof types.BaseModelUploadsDocument,
    "\n  mutation CreateBaseModelUpload($input: CreateBaseModelUploadInput!) {\n    createBaseModelUpload(input: $input) {\n      ... on CreatedBaseModelUpload {\n        __typename\n        uploadUrl\n        upload {\n          ...BaseModelUploadFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateBaseModelUploadDocument,
    "\n  mutation DeleteBaseModel($name: String!) {\n    deleteBaseModel(name: $name) {\n      ... on DeletedBaseModel {\n        __typename\n        name\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.DeleteBaseModelDocument,
    "\n  fragment DatasetClassFields on DatasetClass {\n    classIndex\n    labelId\n    name\n    color\n    trainCount\n    validationCount\n    testCount\n  }\n": typeof types.DatasetClassFieldsFragmentDoc,
    "\n  fragment DatasetVersionFields on DatasetVersion {\n    __typename\n    id\n    name\n    contentSha256\n    imageCount\n    trainCount\n    validationCount\n    testCount\n    trainRatio\n    testRatio\n    seed\n    createdAt\n  }\n": typeof types.DatasetVersionFieldsFragmentDoc,
    "\n  query DatasetVersions($projectId: ID!, $first: Int, $after: String) {\n    datasetVersions(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...DatasetVersionFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.DatasetVersionsDocument,
    "\n  query DatasetVersion($id: ID!) {\n    datasetVersion(id: $id) {\n      ...DatasetVersionFields\n      classes {\n        ...DatasetClassFields\n      }\n    }\n  }\n": typeof types.DatasetVersionDocument,
    "\n  mutation PublishDatasetVersion($input: PublishDatasetVersionInput!) {\n    publishDatasetVersion(input: $input) {\n      ... on PublishedDatasetVersion {\n        __typename\n        outcome\n        datasetVersion {\n          ...DatasetVersionFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.PublishDatasetVersionDocument,
    "\n  query DatasetVersionDiff($fromId: ID!, $toId: ID!) {\n    datasetVersionDiff(fromId: $fromId, toId: $toId) {\n      addedCount\n      removedCount\n      relabelledCount\n      movedCount\n      classes {\n        labelId\n        before {\n          ...DatasetClassFields\n        }\n        after {\n          ...DatasetClassFields\n        }\n      }\n    }\n  }\n": typeof types.DatasetVersionDiffDocument,
    "\n  query DatasetVersionChanges($fromId: ID!, $toId: ID!, $kind: DatasetChangeKind!, $first: Int, $after: String) {\n    datasetVersionDiff(fromId: $fromId, toId: $toId) {\n      changes(kind: $kind, first: $first, after: $after) {\n        nodes {\n          imageId\n          sha256\n          annotatedById\n          annotatedByName\n          before {\n            split\n            labels {\n              labelId\n              name\n            }\n          }\n          after {\n            split\n            labels {\n              labelId\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.DatasetVersionChangesDocument,
    "\n  fragment DeploymentFields on Deployment {\n    __typename\n    id\n    name\n    url\n    state\n    stopCause\n    errorMessage\n    acceptFrom\n    autoStopHours\n    idleStopMinutes\n    storeHours\n    createdAt\n    startedAt\n    stopsAt\n    modelVersion {\n      id\n      name\n    }\n    candidate {\n      mode\n      percent\n      modelVersion {\n        id\n        name\n      }\n    }\n  }\n": typeof types.DeploymentFieldsFragmentDoc,
    "\n  query Deployments($projectId: ID!, $first: Int, $after: String) {\n    deployments(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...DeploymentFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.DeploymentsDocument,
    "\n  query Deployment($id: ID!) {\n    deployment(id: $id) {\n      ...DeploymentFields\n    }\n  }\n": typeof types.DeploymentDocument,
    "\n  query DeploymentStatistics($id: ID!, $minutes: Int) {\n    deployment(id: $id) {\n      totals {\n        modelVersionId\n        invocations\n        failures\n        pictures\n        compared\n        agreementRate\n        lastInvokedAt\n      }\n      window(minutes: $minutes) {\n        invocations\n        failures\n        latencies {\n          p50\n          p95\n          p99\n        }\n      }\n    }\n  }\n": typeof types.DeploymentStatisticsDocument,
    "\n  query DeploymentHistory($id: ID!, $first: Int, $after: String) {\n    deployment(id: $id) {\n      history(first: $first, after: $after) {\n        nodes {\n          sequence\n          kind\n          changedAt\n          changedBy\n          state\n          stopCause\n          modelVersion {\n            id\n            name\n          }\n          candidate {\n            mode\n            percent\n            modelVersion {\n              id\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.DeploymentHistoryDocument,
    "\n  mutation DeployModel($input: DeployModelInput!) {\n    deployModel(input: $input) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.DeployModelDocument,
    "\n  mutation UpdateDeployment($input: UpdateDeploymentInput!) {\n    updateDeployment(input: $input) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.UpdateDeploymentDocument,
    "\n  mutation RollbackDeployment($id: ID!) {\n    rollbackDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.RollbackDeploymentDocument,
    "\n  mutation StartDeployment($id: ID!) {\n    startDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.StartDeploymentDocument,
    "\n  mutation StopDeployment($id: ID!) {\n    stopDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.StopDeploymentDocument,
    "\n  mutation DeleteDeployment($id: ID!) {\n    deleteDeployment(id: $id) {\n      ... on DeletedDeployment {\n        __typename\n        id\n        name\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.DeleteDeploymentDocument,
    "\n  mutation CreateDeploymentToken($input: CreateDeploymentTokenInput!) {\n    createDeploymentToken(input: $input) {\n      ... on CreatedAccessToken {\n        __typename\n        token\n        accessToken {\n          ...AccessTokenFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateDeploymentTokenDocument,
    "\n  fragment EvaluationFields on Evaluation {\n    split\n    imageCount\n    accuracy\n    macro {\n      precision\n      recall\n      f1\n    }\n    micro {\n      precision\n      recall\n      f1\n    }\n    weighted {\n      precision\n      recall\n      f1\n    }\n    confusionMatrix\n    classStatistics {\n      classIndex\n      labelId\n      labelName\n      support\n      predictedCount\n      truePositives\n      precision\n      recall\n      f1\n      oneVsRestAccuracy\n      threshold\n    }\n    confidence {\n      temperature\n      calibrationErrorBefore\n      calibrationErrorAfter\n      accuracy {\n        lower\n        upper\n      }\n      macroF1 {\n        lower\n        upper\n      }\n      classes {\n        precision {\n          lower\n          upper\n        }\n        recall {\n          lower\n          upper\n        }\n      }\n      crossValidated {\n        accuracy\n        macroF1\n        folds\n        imageCount\n      }\n    }\n    datasetVersion {\n      ...DatasetVersionFields\n    }\n    calibration {\n      temperatures\n      before {\n        expectedCalibrationError\n        brier\n        crossEntropy\n      }\n      after {\n        expectedCalibrationError\n        brier\n        crossEntropy\n      }\n    }\n    unfamiliarCount\n  }\n": typeof types.EvaluationFieldsFragmentDoc,
    "\n  query Evaluation($modelVersionId: ID!) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        ...EvaluationFields\n      }\n    }\n  }\n": typeof types.EvaluationDocument,
    "\n  query TestEvaluation($modelVersionId: ID!) {\n    modelVersion(id: $modelVersionId) {\n      testEvaluation {\n        ...EvaluationFields\n      }\n    }\n  }\n": typeof types.TestEvaluationDocument,
    "\n  query ThresholdFor($modelVersionId: ID!, $precision: Float!, $labelId: ID) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        thresholdFor(precision: $precision, labelId: $labelId) {\n          threshold\n          imageCount\n          acceptedCount\n          coverage\n          precision\n          recall\n          precisionInterval {\n            lower\n            upper\n          }\n        }\n      }\n    }\n  }\n": typeof types.ThresholdForDocument,
    "\n  query EvaluatedImages($modelVersionId: ID!, $first: Int, $after: String) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        images(first: $first, after: $after) {\n          nodes {\n            imageId\n            probabilities\n            unfamiliarity\n            isUnfamiliar\n            actual {\n              labelId\n              name\n            }\n            predicted {\n              labelId\n              name\n            }\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n": typeof types.EvaluatedImagesDocument,
    "\n  mutation StartExport($input: StartExportInput!) {\n    startExport(input: $input) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.StartExportDocument,
    "\n  mutation StartModelExport($modelVersionId: ID!, $format: ModelExportFormat!, $idempotencyKey: String) {\n    startModelExport(modelVersionId: $modelVersionId, format: $format, idempotencyKey: $idempotencyKey) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.StartModelExportDocument,
    "\n  query ExportAddress($id: ID!) {\n    transfer(id: $id) {\n      ... on DatasetExport {\n        downloadUrl\n      }\n      ... on ModelExport {\n        bundle {\n          url\n        }\n      }\n    }\n  }\n": typeof types.ExportAddressDocument,
    "\n  fragment ImageFields on Image {\n    __typename\n    id\n    fileName\n    byteSize\n    format\n    width\n    height\n    sha256\n    group\n    splitOverride\n    isLabelled\n    annotationRevision\n    annotations {\n      source\n      confidence\n      createdAt\n      label {\n        id\n        name\n        color\n      }\n    }\n    createdAt\n  }\n": typeof types.ImageFieldsFragmentDoc,
    "\n  query Images(\n    $projectId: ID!\n    $filter: ImageFilter\n    $orderBy: ImageOrder\n    $direction: OrderDirection\n    $first: Int\n    $after: String\n    $form: ImageForm\n  ) {\n    images(\n      projectId: $projectId\n      filter: $filter\n      orderBy: $orderBy\n      direction: $direction\n      first: $first\n      after: $after\n    ) {\n      nodes {\n        ...ImageFields\n        url(form: $form)\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ImagesDocument,
    "\n  query ImageCount($projectId: ID!, $filter: ImageFilter) {\n    images(projectId: $projectId, filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n": typeof types.ImageCountDocument,
    "\n  query NearDuplicates($id: ID!, $form: ImageForm) {\n    image(id: $id) {\n      nearDuplicates {\n        ...ImageFields\n        url(form: $form)\n      }\n    }\n  }\n": typeof types.NearDuplicatesDocument,
    "\n  query Image($id: ID!, $form: ImageForm) {\n    image(id: $id) {\n      ...ImageFields\n      url(form: $form)\n    }\n  }\n": typeof types.ImageDocument,
    "\n  mutation DeleteImages($input: DeleteImagesInput!) {\n    deleteImages(input: $input) {\n      ... on DeleteImagesPayload {\n        __typename\n        deletedCount\n        project {\n          ...ProjectFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.DeleteImagesDocument,
    "\n  fragment ChangedImages on ChangeImagesPayload {\n    __typename\n    results {\n      ... on ChangedImage {\n        __typename\n        image {\n          ...ImageFields\n        }\n      }\n      ... on ImageChangeRefused {\n        __typename\n        imageId\n        error {\n          ...UserErrorFields\n        }\n      }\n    }\n  }\n": typeof types.ChangedImagesFragmentDoc,
    "\n  mutation SetImageGroup($input: SetImageGroupInput!) {\n    setImageGroup(input: $input) {\n      ...ChangedImages\n      ...UserErrorFields\n    }\n  }\n": typeof types.SetImageGroupDocument,
    "\n  mutation SetImageSplit($input: SetImageSplitInput!) {\n    setImageSplit(input: $input) {\n      ...ChangedImages\n      ...UserErrorFields\n    }\n  }\n": typeof types.SetImageSplitDocument,
    "\n  query ImportItems($id: ID!, $outcome: ImportOutcome, $first: Int, $after: String) {\n    transfer(id: $id) {\n      ... on ImageImport {\n        items(outcome: $outcome, first: $first, after: $after) {\n          nodes {\n            index\n            path\n            outcome\n            imageId\n            code\n            message\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n": typeof types.ImportItemsDocument,
    "\n  mutation PreviewImport($input: PreviewImportInput!) {\n    previewImport(input: $input) {\n      ... on ImportPreview {\n        __typename\n        format\n        reason\n        isComplete\n        imageCount\n        labelledCount\n        unlabelledCount\n        elsewhereCount\n        problemCount\n        labels {\n          name\n          imageCount\n        }\n        splits {\n          split\n          imageCount\n        }\n        problemsByCode {\n          code\n          count\n        }\n        problems {\n          path\n          code\n          message\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.PreviewImportDocument,
    "\n  mutation StartImport($input: StartImportInput!) {\n    startImport(input: $input) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.StartImportDocument,
    "\n  query ServerInfo {\n    serverInfo {\n      version\n      nodeVersion\n      schemaRevision\n      objectStore\n      time\n      limits {\n        projects\n        imageBytes\n        imageSide\n        imagePixels\n        labelLength\n        baseModelBytes\n        importBytes\n        predictionBytes\n      }\n      flavors {\n        ...TrainingFlavorFields\n      }\n    }\n  }\n": typeof types.ServerInfoDocument,
    "\n  query InstallationHealth {\n    serverInfo {\n      database {\n        version\n        schemaRevision\n        clockOffsetMilliseconds\n      }\n      objectStoreTrial {\n        problem\n        milliseconds\n      }\n    }\n  }\n": typeof types.InstallationHealthDocument,
    "\n  query Workers {\n    workers {\n      id\n      host\n      processId\n      exemplarVersion\n      nodeVersion\n      onnxRuntimeVersion\n      flavors\n      devices {\n        device\n        gigaflops\n      }\n      unusableDevices {\n        device\n        fault\n        message\n      }\n      memoryBytes\n      isLive\n      startedAt\n      heartbeatAt\n      heartbeatSeconds\n      clockOffsetMilliseconds\n      runningTrainings {\n        trainingId\n        versionName\n        state\n        projectId\n        projectName\n      }\n    }\n  }\n": typeof types.WorkersDocument,
    "\n  fragment DefaultQuotasFields on DefaultQuotas {\n    __typename\n    images\n    bytes\n    activeTrainings\n    trainingMinutes\n    deployments\n  }\n": typeof types.DefaultQuotasFieldsFragmentDoc,
    "\n  query DefaultQuotas {\n    defaultQuotas {\n      ...DefaultQuotasFields\n    }\n  }\n": typeof types.DefaultQuotasDocument,
    "\n  mutation SetDefaultQuotas($input: SetDefaultQuotasInput!) {\n    setDefaultQuotas(input: $input) {\n      ...DefaultQuotasFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.SetDefaultQuotasDocument,
    "\n  fragment LabelFields on Label {\n    __typename\n    id\n    name\n    color\n    shortcut\n    imageCount\n    createdAt\n  }\n": typeof types.LabelFieldsFragmentDoc,
    "\n  query Labels($projectId: ID!) {\n    labels(projectId: $projectId) {\n      ...LabelFields\n    }\n  }\n": typeof types.LabelsDocument,
    "\n  query Label($id: ID!) {\n    label(id: $id) {\n      ...LabelFields\n    }\n  }\n": typeof types.LabelDocument,
    "\n  mutation CreateLabel($input: CreateLabelInput!) {\n    createLabel(input: $input) {\n      ...LabelFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateLabelDocument,
    "\n  mutation UpdateLabel($id: ID!, $input: UpdateLabelInput!) {\n    updateLabel(id: $id, input: $input) {\n      ...LabelFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.UpdateLabelDocument,
    "\n  mutation DeleteLabel($id: ID!, $policy: LabelDeletePolicy) {\n    deleteLabel(id: $id, policy: $policy) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.DeleteLabelDocument,
    "\n  fragment ModelVersionFields on ModelVersion {\n    __typename\n    id\n    name\n    versionNumber\n    baseModel\n    baseModelSha256\n    modelBytes\n    modelSha256\n    createdAt\n    evaluation {\n      accuracy\n      imageCount\n      macro {\n        precision\n        recall\n        f1\n      }\n    }\n    training {\n      id\n      versionLabel\n    }\n  }\n": typeof types.ModelVersionFieldsFragmentDoc,
    "\n  query ModelVersions($projectId: ID!, $first: Int, $after: String) {\n    modelVersions(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...ModelVersionFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ModelVersionsDocument,
    "\n  query ModelVersion($id: ID!) {\n    modelVersion(id: $id) {\n      ...ModelVersionFields\n      modelUrl\n      unfamiliarityThreshold\n      classes {\n        labelId\n        name\n        threshold\n      }\n      recipe {\n        stage\n        epoch\n        epochs\n        inputSize\n        version\n        device\n      }\n      phases {\n        phase\n        seconds\n      }\n      forgetting {\n        labelId\n        labelName\n        recallBefore\n        recallAfter\n        support\n      }\n    }\n  }\n": typeof types.ModelVersionDocument,
    "\n  mutation VerifyModelVersion($id: ID!, $fromFile: Boolean) {\n    verifyModelVersion(id: $id, fromFile: $fromFile) {\n      ... on ModelVerification {\n        __typename\n        isEqual\n        imageCount\n        contradictingImageIds\n        differences {\n          figure\n          stored\n          found\n        }\n        file {\n          isUnchanged\n          isWithinTolerance\n          largestDifference\n          imageCount\n          unreadableCount\n        }\n        modelVersion {\n          id\n          name\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.VerifyModelVersionDocument,
    "\n  mutation Predict($input: PredictInput!, $first: Int) {\n    predict(input: $input) {\n      ... on Prediction {\n        __typename\n        predictedLabel\n        predictedLabels\n        unfamiliarity\n        isUnfamiliar\n        scores(first: $first) {\n          labelId\n          labelName\n          probability\n          isPredicted\n        }\n        modelVersion {\n          id\n          name\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.PredictDocument,
    "\n  fragment ProjectEventFields on ProjectEvent {\n    __typename\n    sequence\n    occurredAt\n    projectId\n    ... on ProjectCountsChanged {\n      imageCount\n      labelledImageCount\n      labels {\n        labelId\n        imageCount\n      }\n    }\n    ... on ProjectLabelChanged {\n      change\n      labelId\n      name\n    }\n    ... on ProjectTrainingChanged {\n      trainingId\n      versionName\n      state\n      stopReason\n    }\n    ... on ProjectVersionCreated {\n      modelVersionId\n      trainingId\n      versionName\n      accuracy\n    }\n    ... on ProjectTransferChanged {\n      transferId\n      transferState\n    }\n    ... on ProjectDeploymentChanged {\n      deploymentId\n      deploymentChange\n      deploymentState\n      modelVersionId\n      name\n    }\n    ... on ProjectStreamResync {\n      from\n    }\n  }\n": typeof types.ProjectEventFieldsFragmentDoc,
    "\n  subscription WatchProject($projectId: ID!, $after: Int) {\n    projectEvents(projectId: $projectId, after: $after) {\n      ...ProjectEventFields\n    }\n  }\n": typeof types.WatchProjectDocument,
    "\n  query ProjectEvents($projectId: ID!, $first: Int, $after: String) {\n    project(id: $projectId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...ProjectEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.ProjectEventsDocument,
    "\n  fragment ProjectFields on Project {\n    __typename\n    id\n    name\n    description\n    type\n    imageCount\n    labelledImageCount\n    lastSequence\n    createdAt\n    updatedAt\n  }\n": typeof types.ProjectFieldsFragmentDoc,
    "\n  fragment ProjectDetails on Project {\n    ...ProjectFields\n    labels {\n      ...LabelFields\n    }\n    members {\n      userId\n      userName\n      role\n    }\n    trainingConfig {\n      ...TrainingConfigFields\n    }\n  }\n": typeof types.ProjectDetailsFragmentDoc,
    "\n  fragment ProjectUsageFields on ProjectUsage {\n    images {\n      used\n      limit\n    }\n    bytes {\n      used\n      limit\n    }\n    activeTrainings {\n      used\n      limit\n    }\n    trainingMinutes {\n      used\n      limit\n    }\n    deployments {\n      used\n      limit\n    }\n  }\n": typeof types.ProjectUsageFieldsFragmentDoc,
    "\n  query Projects($first: Int, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes {\n        ...ProjectFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ProjectsDocument,
    "\n  query Project($id: ID!) {\n    project(id: $id) {\n      ...ProjectDetails\n    }\n  }\n": typeof types.ProjectDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateProjectDocument,
    "\n  mutation UpdateProject($id: ID!, $input: UpdateProjectInput!) {\n    updateProject(id: $id, input: $input) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.UpdateProjectDocument,
    "\n  mutation DeleteProject($id: ID!) {\n    deleteProject(id: $id) {\n      ... on DeletedProject {\n        __typename\n        id\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.DeleteProjectDocument,
    "\n  mutation SetProjectMember($input: SetProjectMemberInput!) {\n    setProjectMember(input: $input) {\n      ...ProjectDetails\n      ...UserErrorFields\n    }\n  }\n": typeof types.SetProjectMemberDocument,
    "\n  query ProjectUsage($id: ID!) {\n    project(id: $id) {\n      usage {\n        ...ProjectUsageFields\n      }\n    }\n  }\n": typeof types.ProjectUsageDocument,
    "\n  mutation SetProjectQuotas($input: SetProjectQuotasInput!) {\n    setProjectQuotas(input: $input) {\n      ... on Project {\n        __typename\n        id\n        usage {\n          ...ProjectUsageFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.SetProjectQuotasDocument,
    "\n  query TrainingReadiness($projectId: ID!, $config: TrainingConfigInput, $datasetVersionName: String) {\n    trainingReadiness(projectId: $projectId, config: $config, datasetVersionName: $datasetVersionName) {\n      isReady\n      datasetVersionName\n      config {\n        ...TrainingConfigFields\n      }\n      blockers {\n        code\n        message\n        labelId\n      }\n      warnings {\n        code\n        message\n        labelId\n        imageIds\n      }\n      split {\n        labelId\n        name\n        trainCount\n        validationCount\n        testCount\n      }\n    }\n  }\n": typeof types.TrainingReadinessDocument,
    "\n  query ServedPredictions($deploymentId: ID!, $filter: ServedPredictionFilter, $first: Int, $after: String) {\n    deployment(id: $deploymentId) {\n      predictions(filter: $filter, first: $first, after: $after) {\n        nodes {\n          id\n          fileName\n          decision\n          uncertainty\n          createdAt\n          expiresAt\n          imageId\n          pictureUrl\n          modelVersion {\n            id\n            name\n          }\n          scores {\n            labelId\n            labelName\n            probability\n            isPredicted\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.ServedPredictionsDocument,
    "\n  mutation AddPredictionsToProject($input: AddPredictionsToProjectInput!) {\n    addPredictionsToProject(input: $input) {\n      ... on AddPredictionsPayload {\n        __typename\n        results {\n          ... on AddedPrediction {\n            __typename\n            isNew\n            image {\n              ...ImageFields\n            }\n          }\n          ... on PredictionNotAdded {\n            __typename\n            predictionId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.AddPredictionsToProjectDocument,
    "\n  fragment MetricsFields on Metrics {\n    imageCount\n    accuracy\n    macro {\n      precision\n      recall\n      f1\n    }\n    micro {\n      precision\n      recall\n      f1\n    }\n    weighted {\n      precision\n      recall\n      f1\n    }\n    confusionMatrix\n    classStatistics {\n      classIndex\n      labelId\n      labelName\n      support\n      predictedCount\n      truePositives\n      precision\n      recall\n      f1\n      oneVsRestAccuracy\n      threshold\n    }\n  }\n": typeof types.MetricsFieldsFragmentDoc,
    "\n  fragment TrainingEventFields on TrainingEvent {\n    __typename\n    sequence\n    occurredAt\n    trainingId\n    ... on TrainingStateChanged {\n      state\n      stopReason\n      failure {\n        ...TrainingFailureFields\n      }\n    }\n    ... on TrainingProgressed {\n      phase\n      currentEpoch\n      done\n      total\n      imagesPerSecond\n      etaSeconds\n    }\n    ... on TrainingEpochCompleted {\n      stage\n      epoch\n      epochs\n      loss\n      metrics {\n        ...MetricsFields\n      }\n    }\n    ... on TrainingEvaluated {\n      metrics {\n        ...MetricsFields\n      }\n      testMetrics {\n        ...MetricsFields\n      }\n    }\n    ... on TrainingCheckpointSaved {\n      stage\n      epoch\n      byteSize\n    }\n    ... on TrainingInterrupted {\n      reason\n      attempt\n      message\n    }\n    ... on TrainingResumed {\n      attempt\n    }\n    ... on TrainingStopRequested {\n      request\n    }\n    ... on TrainingLogLine {\n      level\n      message\n    }\n    ... on StreamResync {\n      from\n    }\n  }\n": typeof types.TrainingEventFieldsFragmentDoc,
    "\n  subscription WatchTraining($trainingId: ID!, $after: Int) {\n    trainingEvents(trainingId: $trainingId, after: $after) {\n      ...TrainingEventFields\n    }\n  }\n": typeof types.WatchTrainingDocument,
    "\n  query TrainingEvents($trainingId: ID!, $first: Int, $after: String) {\n    training(id: $trainingId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...TrainingEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.TrainingEventsDocument,
    "\n  fragment TrainingConfigFields on TrainingConfig {\n    __typename\n    baseModel\n    baseVersionId\n    flavor\n    maxDurationMinutes\n    preference\n    seed\n    testRatio\n    trainRatio\n    validationRatio\n  }\n": typeof types.TrainingConfigFieldsFragmentDoc,
    "\n  fragment TrainingFailureFields on TrainingFailure {\n    __typename\n    code\n    message\n    hint\n    isRetryable\n    imageIds\n  }\n": typeof types.TrainingFailureFieldsFragmentDoc,
    "\n  fragment TrainingFields on Training {\n    __typename\n    id\n    versionName\n    versionLabel\n    state\n    stopReason\n    isFinished\n    attempt\n    device\n    lastSequence\n    queuePosition\n    expectedStartAt\n    waitingFor\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      ...TrainingFailureFields\n    }\n    progress {\n      phase\n      currentEpoch\n      done\n      total\n      imagesPerSecond\n      etaSeconds\n    }\n    config {\n      ...TrainingConfigFields\n    }\n    datasetVersion {\n      id\n      name\n    }\n    modelVersion {\n      id\n      name\n    }\n  }\n": typeof types.TrainingFieldsFragmentDoc,
    "\n  fragment TrainingFlavorFields on TrainingFlavor {\n    id\n    name\n    device\n    memoryGib\n    maxParallel\n    liveWorkers\n    runningTrainings\n    queueLength\n    expectedWaitSeconds\n  }\n": typeof types.TrainingFlavorFieldsFragmentDoc,
    "\n  query TrainingFlavors {\n    trainingFlavors {\n      ...TrainingFlavorFields\n    }\n  }\n": typeof types.TrainingFlavorsDocument,
    "\n  query Trainings($projectId: ID!, $first: Int, $after: String) {\n    trainings(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...TrainingFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.TrainingsDocument,
    "\n  query Training($id: ID!) {\n    training(id: $id) {\n      ...TrainingFields\n    }\n  }\n": typeof types.TrainingDocument,
    "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.StartTrainingDocument,
    "\n  mutation StopTraining($id: ID!) {\n    stopTraining(id: $id) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.StopTrainingDocument,
    "\n  mutation CancelTraining($id: ID!) {\n    cancelTraining(id: $id) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.CancelTrainingDocument,
    "\n  mutation UpdateTrainingConfig($projectId: ID!, $input: TrainingConfigInput!) {\n    updateTrainingConfig(projectId: $projectId, input: $input) {\n      ...TrainingConfigFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.UpdateTrainingConfigDocument,
    "\n  fragment TransferEventFields on TransferEvent {\n    __typename\n    sequence\n    occurredAt\n    ... on TransferStateChanged {\n      state\n      failure {\n        ...TransferFailureFields\n      }\n    }\n    ... on TransferProgressed {\n      phase\n      done\n      total\n      perSecond\n      etaSeconds\n    }\n    ... on TransferResumed {\n      attempt\n    }\n  }\n": typeof types.TransferEventFieldsFragmentDoc,
    "\n  subscription WatchTransfer($transferId: ID!, $after: Int) {\n    transferEvents(transferId: $transferId, after: $after) {\n      ...TransferEventFields\n    }\n  }\n": typeof types.WatchTransferDocument,
    "\n  query TransferEvents($transferId: ID!, $first: Int, $after: String) {\n    transfer(id: $transferId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...TransferEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.TransferEventsDocument,
    "\n  fragment TransferFailureFields on TransferFailure {\n    __typename\n    code\n    message\n    hint\n    isRetryable\n  }\n": typeof types.TransferFailureFieldsFragmentDoc,
    "\n  fragment TransferFields on Transfer {\n    __typename\n    id\n    state\n    isFinished\n    isCancelRequested\n    attempt\n    lastSequence\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      ...TransferFailureFields\n    }\n    progress {\n      phase\n      done\n      total\n      perSecond\n      etaSeconds\n    }\n    project {\n      id\n      name\n    }\n    ... on ImageImport {\n      format\n      createdLabelCount\n      reportUrl\n      counts {\n        created\n        duplicate\n        labelled\n        skipped\n        refused\n      }\n    }\n    ... on DatasetExport {\n      exportFormat\n      includesImages\n      includesUnlabelled\n      sourcePrefix\n      labelsOf\n      imageCount\n      byteSize\n      expiresAt\n      downloadUrl\n      losses {\n        kind\n        count\n        firstSource\n        message\n      }\n      datasetVersion {\n        id\n        name\n      }\n    }\n    ... on ModelExport {\n      modelVersion {\n        id\n        name\n      }\n      bundle {\n        url\n        bytes\n        sha256\n        modelBytes\n        accuracy\n        parity\n        wholeParity\n        imageCount\n        unreadableCount\n        int8 {\n          isIncluded\n          bytes\n          accuracy\n          drop\n          allowedDrop\n        }\n      }\n    }\n  }\n": typeof types.TransferFieldsFragmentDoc,
    "\n  query Transfers($projectId: ID!, $first: Int, $after: String) {\n    transfers(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...TransferFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.TransfersDocument,
    "\n  query Transfer($id: ID!) {\n    transfer(id: $id) {\n      ...TransferFields\n    }\n  }\n": typeof types.TransferDocument,
    "\n  mutation CancelTransfer($id: ID!) {\n    cancelTransfer(id: $id) {\n      ... on CancelTransferPayload {\n        __typename\n        transfer {\n          ...TransferFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.CancelTransferDocument,
    "\n  query Trash($projectId: ID!, $kind: TrashKind, $first: Int, $after: String) {\n    project(id: $projectId) {\n      trash(kind: $kind, first: $first, after: $after) {\n        nodes {\n          __typename\n          deletedAt\n          deletedById\n          deletedByName\n          expiresAt\n          ... on TrashedImage {\n            image {\n              ...ImageFields\n            }\n          }\n          ... on TrashedLabel {\n            label {\n              ...LabelFields\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.TrashDocument,
    "\n  mutation RestoreImages($input: RestoreImagesInput!) {\n    restoreImages(input: $input) {\n      ... on RestoreImagesPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on RestoredImage {\n            __typename\n            image {\n              ...ImageFields\n            }\n          }\n          ... on ImageRestoreRefused {\n            __typename\n            imageId\n            existing {\n              ...ImageFields\n            }\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.RestoreImagesDocument,
    "\n  mutation RestoreLabels($input: RestoreLabelsInput!) {\n    restoreLabels(input: $input) {\n      ... on RestoreLabelsPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on RestoredLabel {\n            __typename\n            label {\n              ...LabelFields\n            }\n          }\n          ... on LabelRestoreRefused {\n            __typename\n            labelId\n            existing {\n              ...LabelFields\n            }\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.RestoreLabelsDocument,
    "\n  mutation EmptyTrash($projectId: ID!) {\n    emptyTrash(projectId: $projectId) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": typeof types.EmptyTrashDocument,
    "\n  fragment UserErrorFields on UserError {\n    __typename\n    code\n    message\n    ... on ValidationError {\n      issues {\n        path\n        message\n      }\n    }\n    ... on LimitExceededError {\n      limit\n      used\n    }\n    ... on QuotaExceededError {\n      quota\n      quotaLimit\n      quotaUsed\n    }\n    ... on InvalidStateError {\n      currentState\n    }\n    ... on NotReadyError {\n      blockers {\n        code\n        message\n        labelId\n      }\n    }\n    ... on PictureRefusedError {\n      fileName\n      refusal\n    }\n    ... on StaleAnnotationError {\n      imageId\n      currentRevision\n    }\n    ... on UnavailableError {\n      unavailability\n      retryAfterSeconds\n    }\n    ... on ArchiveRefusedError {\n      archiveRefusal\n      entry\n    }\n  }\n": typeof types.UserErrorFieldsFragmentDoc,
    "\n  mutation CreateImageUploads($input: CreateImageUploadsInput!) {\n    createImageUploads(input: $input) {\n      ... on CreateImageUploadsPayload {\n        __typename\n        results {\n          ... on ImageUpload {\n            __typename\n            id\n            uploadUrl\n            headers {\n              name\n              value\n            }\n          }\n          ... on UploadRefused {\n            __typename\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateImageUploadsDocument,
    "\n  mutation CompleteImageUploads($uploadIds: [ID!]!) {\n    completeImageUploads(uploadIds: $uploadIds) {\n      ... on CompleteImageUploadsPayload {\n        __typename\n        results {\n          ... on CompletedImageUpload {\n            __typename\n            uploadId\n            outcome\n            image {\n              ...ImageFields\n            }\n          }\n          ... on ImageUploadRefused {\n            __typename\n            uploadId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.CompleteImageUploadsDocument,
    "\n  mutation CreateImportUpload($input: CreateImportUploadInput!) {\n    createImportUpload(input: $input) {\n      ... on CreatedImportUpload {\n        __typename\n        uploadUrl\n        upload {\n          __typename\n          id\n          fileName\n          expiresAt\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": typeof types.CreateImportUploadDocument,
};
const documents: Documents = {
    "\n  fragment UserFields on User {\n    __typename\n    id\n    name\n    isAdministrator\n    createdAt\n    disabledAt\n  }\n": types.UserFieldsFragmentDoc,
    "\n  fragment UserDetails on User {\n    ...UserFields\n    accessTokens {\n      ...AccessTokenFields\n    }\n    memberships {\n      projectId\n      projectName\n      role\n    }\n  }\n": types.UserDetailsFragmentDoc,
    "\n  fragment AccessTokenFields on AccessToken {\n    __typename\n    id\n    name\n    scope\n    createdAt\n    expiresAt\n    lastUsedAt\n    revokedAt\n    deploymentId\n  }\n": types.AccessTokenFieldsFragmentDoc,
    "\n  query Viewer {\n    viewer {\n      user {\n        ...UserFields\n      }\n      accessTokens {\n        ...AccessTokenFields\n      }\n    }\n  }\n": types.ViewerDocument,
    "\n  query Users($filter: UserFilter, $first: Int, $after: String) {\n    users(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...UserFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.UsersDocument,
    "\n  query User($id: ID!) {\n    user(id: $id) {\n      ...UserDetails\n    }\n  }\n": types.UserDocument,
    "\n  mutation UpdateUser($id: ID!, $input: UpdateUserInput!) {\n    updateUser(id: $id, input: $input) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": types.UpdateUserDocument,
    "\n  mutation DisableUser($id: ID!) {\n    disableUser(id: $id) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": types.DisableUserDocument,
    "\n  mutation EnableUser($id: ID!) {\n    enableUser(id: $id) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": types.EnableUserDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n": types.CreateUserDocument,
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      ... on CreatedAccessToken {\n        __typename\n        token\n        accessToken {\n          ...AccessTokenFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.CreateAccessTokenDocument,
    "\n  mutation RevokeAccessToken($id: ID!) {\n    revokeAccessToken(id: $id) {\n      ...AccessTokenFields\n      ...UserErrorFields\n    }\n  }\n": types.RevokeAccessTokenDocument,
    "\n  mutation AnnotateImages($input: AnnotateImagesInput!) {\n    annotateImages(input: $input) {\n      ... on AnnotateImagesPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on AnnotatedImage {\n            __typename\n            image {\n              ...ImageFields\n            }\n          }\n          ... on AnnotationRefused {\n            __typename\n            imageId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.AnnotateImagesDocument,
    "\n  query BaseModels {\n    baseModels {\n      name\n      version\n      source\n      licence\n      bytes\n      sha256\n      dimension\n      inputSize\n      parameters\n      multiplyAdds\n      millisecondsPerPicture\n      trainable\n      frozenOperators\n      remarks\n      offeredAt\n    }\n  }\n": types.BaseModelsDocument,
    "\n  fragment BaseModelUploadFields on BaseModelUpload {\n    __typename\n    id\n    name\n    state\n    message\n    createdAt\n  }\n": types.BaseModelUploadFieldsFragmentDoc,
    "\n  query BaseModelUploads {\n    baseModelUploads {\n      ...BaseModelUploadFields\n    }\n  }\n": types.BaseModelUploadsDocument,
    "\n  mutation CreateBaseModelUpload($input: CreateBaseModelUploadInput!) {\n    createBaseModelUpload(input: $input) {\n      ... on CreatedBaseModelUpload {\n        __typename\n        uploadUrl\n        upload {\n          ...BaseModelUploadFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.CreateBaseModelUploadDocument,
    "\n  mutation DeleteBaseModel($name: String!) {\n    deleteBaseModel(name: $name) {\n      ... on DeletedBaseModel {\n        __typename\n        name\n      }\n      ...UserErrorFields\n    }\n  }\n": types.DeleteBaseModelDocument,
    "\n  fragment DatasetClassFields on DatasetClass {\n    classIndex\n    labelId\n    name\n    color\n    trainCount\n    validationCount\n    testCount\n  }\n": types.DatasetClassFieldsFragmentDoc,
    "\n  fragment DatasetVersionFields on DatasetVersion {\n    __typename\n    id\n    name\n    contentSha256\n    imageCount\n    trainCount\n    validationCount\n    testCount\n    trainRatio\n    testRatio\n    seed\n    createdAt\n  }\n": types.DatasetVersionFieldsFragmentDoc,
    "\n  query DatasetVersions($projectId: ID!, $first: Int, $after: String) {\n    datasetVersions(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...DatasetVersionFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.DatasetVersionsDocument,
    "\n  query DatasetVersion($id: ID!) {\n    datasetVersion(id: $id) {\n      ...DatasetVersionFields\n      classes {\n        ...DatasetClassFields\n      }\n    }\n  }\n": types.DatasetVersionDocument,
    "\n  mutation PublishDatasetVersion($input: PublishDatasetVersionInput!) {\n    publishDatasetVersion(input: $input) {\n      ... on PublishedDatasetVersion {\n        __typename\n        outcome\n        datasetVersion {\n          ...DatasetVersionFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.PublishDatasetVersionDocument,
    "\n  query DatasetVersionDiff($fromId: ID!, $toId: ID!) {\n    datasetVersionDiff(fromId: $fromId, toId: $toId) {\n      addedCount\n      removedCount\n      relabelledCount\n      movedCount\n      classes {\n        labelId\n        before {\n          ...DatasetClassFields\n        }\n        after {\n          ...DatasetClassFields\n        }\n      }\n    }\n  }\n": types.DatasetVersionDiffDocument,
    "\n  query DatasetVersionChanges($fromId: ID!, $toId: ID!, $kind: DatasetChangeKind!, $first: Int, $after: String) {\n    datasetVersionDiff(fromId: $fromId, toId: $toId) {\n      changes(kind: $kind, first: $first, after: $after) {\n        nodes {\n          imageId\n          sha256\n          annotatedById\n          annotatedByName\n          before {\n            split\n            labels {\n              labelId\n              name\n            }\n          }\n          after {\n            split\n            labels {\n              labelId\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.DatasetVersionChangesDocument,
    "\n  fragment DeploymentFields on Deployment {\n    __typename\n    id\n    name\n    url\n    state\n    stopCause\n    errorMessage\n    acceptFrom\n    autoStopHours\n    idleStopMinutes\n    storeHours\n    createdAt\n    startedAt\n    stopsAt\n    modelVersion {\n      id\n      name\n    }\n    candidate {\n      mode\n      percent\n      modelVersion {\n        id\n        name\n      }\n    }\n  }\n": types.DeploymentFieldsFragmentDoc,
    "\n  query Deployments($projectId: ID!, $first: Int, $after: String) {\n    deployments(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...DeploymentFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.DeploymentsDocument,
    "\n  query Deployment($id: ID!) {\n    deployment(id: $id) {\n      ...DeploymentFields\n    }\n  }\n": types.DeploymentDocument,
    "\n  query DeploymentStatistics($id: ID!, $minutes: Int) {\n    deployment(id: $id) {\n      totals {\n        modelVersionId\n        invocations\n        failures\n        pictures\n        compared\n        agreementRate\n        lastInvokedAt\n      }\n      window(minutes: $minutes) {\n        invocations\n        failures\n        latencies {\n          p50\n          p95\n          p99\n        }\n      }\n    }\n  }\n": types.DeploymentStatisticsDocument,
    "\n  query DeploymentHistory($id: ID!, $first: Int, $after: String) {\n    deployment(id: $id) {\n      history(first: $first, after: $after) {\n        nodes {\n          sequence\n          kind\n          changedAt\n          changedBy\n          state\n          stopCause\n          modelVersion {\n            id\n            name\n          }\n          candidate {\n            mode\n            percent\n            modelVersion {\n              id\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.DeploymentHistoryDocument,
    "\n  mutation DeployModel($input: DeployModelInput!) {\n    deployModel(input: $input) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": types.DeployModelDocument,
    "\n  mutation UpdateDeployment($input: UpdateDeploymentInput!) {\n    updateDeployment(input: $input) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": types.UpdateDeploymentDocument,
    "\n  mutation RollbackDeployment($id: ID!) {\n    rollbackDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": types.RollbackDeploymentDocument,
    "\n  mutation StartDeployment($id: ID!) {\n    startDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": types.StartDeploymentDocument,
    "\n  mutation StopDeployment($id: ID!) {\n    stopDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n": types.StopDeploymentDocument,
    "\n  mutation DeleteDeployment($id: ID!) {\n    deleteDeployment(id: $id) {\n      ... on DeletedDeployment {\n        __typename\n        id\n        name\n      }\n      ...UserErrorFields\n    }\n  }\n": types.DeleteDeploymentDocument,
    "\n  mutation CreateDeploymentToken($input: CreateDeploymentTokenInput!) {\n    createDeploymentToken(input: $input) {\n      ... on CreatedAccessToken {\n        __typename\n        token\n        accessToken {\n          ...AccessTokenFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.CreateDeploymentTokenDocument,
    "\n  fragment EvaluationFields on Evaluation {\n    split\n    imageCount\n    accuracy\n    macro {\n      precision\n      recall\n      f1\n    }\n    micro {\n      precision\n      recall\n      f1\n    }\n    weighted {\n      precision\n      recall\n      f1\n    }\n    confusionMatrix\n    classStatistics {\n      classIndex\n      labelId\n      labelName\n      support\n      predictedCount\n      truePositives\n      precision\n      recall\n      f1\n      oneVsRestAccuracy\n      threshold\n    }\n    confidence {\n      temperature\n      calibrationErrorBefore\n      calibrationErrorAfter\n      accuracy {\n        lower\n        upper\n      }\n      macroF1 {\n        lower\n        upper\n      }\n      classes {\n        precision {\n          lower\n          upper\n        }\n        recall {\n          lower\n          upper\n        }\n      }\n      crossValidated {\n        accuracy\n        macroF1\n        folds\n        imageCount\n      }\n    }\n    datasetVersion {\n      ...DatasetVersionFields\n    }\n    calibration {\n      temperatures\n      before {\n        expectedCalibrationError\n        brier\n        crossEntropy\n      }\n      after {\n        expectedCalibrationError\n        brier\n        crossEntropy\n      }\n    }\n    unfamiliarCount\n  }\n": types.EvaluationFieldsFragmentDoc,
    "\n  query Evaluation($modelVersionId: ID!) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        ...EvaluationFields\n      }\n    }\n  }\n": types.EvaluationDocument,
    "\n  query TestEvaluation($modelVersionId: ID!) {\n    modelVersion(id: $modelVersionId) {\n      testEvaluation {\n        ...EvaluationFields\n      }\n    }\n  }\n": types.TestEvaluationDocument,
    "\n  query ThresholdFor($modelVersionId: ID!, $precision: Float!, $labelId: ID) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        thresholdFor(precision: $precision, labelId: $labelId) {\n          threshold\n          imageCount\n          acceptedCount\n          coverage\n          precision\n          recall\n          precisionInterval {\n            lower\n            upper\n          }\n        }\n      }\n    }\n  }\n": types.ThresholdForDocument,
    "\n  query EvaluatedImages($modelVersionId: ID!, $first: Int, $after: String) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        images(first: $first, after: $after) {\n          nodes {\n            imageId\n            probabilities\n            unfamiliarity\n            isUnfamiliar\n            actual {\n              labelId\n              name\n            }\n            predicted {\n              labelId\n              name\n            }\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n": types.EvaluatedImagesDocument,
    "\n  mutation StartExport($input: StartExportInput!) {\n    startExport(input: $input) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n": types.StartExportDocument,
    "\n  mutation StartModelExport($modelVersionId: ID!, $format: ModelExportFormat!, $idempotencyKey: String) {\n    startModelExport(modelVersionId: $modelVersionId, format: $format, idempotencyKey: $idempotencyKey) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n": types.StartModelExportDocument,
    "\n  query ExportAddress($id: ID!) {\n    transfer(id: $id) {\n      ... on DatasetExport {\n        downloadUrl\n      }\n      ... on ModelExport {\n        bundle {\n          url\n        }\n      }\n    }\n  }\n": types.ExportAddressDocument,
    "\n  fragment ImageFields on Image {\n    __typename\n    id\n    fileName\n    byteSize\n    format\n    width\n    height\n    sha256\n    group\n    splitOverride\n    isLabelled\n    annotationRevision\n    annotations {\n      source\n      confidence\n      createdAt\n      label {\n        id\n        name\n        color\n      }\n    }\n    createdAt\n  }\n": types.ImageFieldsFragmentDoc,
    "\n  query Images(\n    $projectId: ID!\n    $filter: ImageFilter\n    $orderBy: ImageOrder\n    $direction: OrderDirection\n    $first: Int\n    $after: String\n    $form: ImageForm\n  ) {\n    images(\n      projectId: $projectId\n      filter: $filter\n      orderBy: $orderBy\n      direction: $direction\n      first: $first\n      after: $after\n    ) {\n      nodes {\n        ...ImageFields\n        url(form: $form)\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ImagesDocument,
    "\n  query ImageCount($projectId: ID!, $filter: ImageFilter) {\n    images(projectId: $projectId, filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n": types.ImageCountDocument,
    "\n  query NearDuplicates($id: ID!, $form: ImageForm) {\n    image(id: $id) {\n      nearDuplicates {\n        ...ImageFields\n        url(form: $form)\n      }\n    }\n  }\n": types.NearDuplicatesDocument,
    "\n  query Image($id: ID!, $form: ImageForm) {\n    image(id: $id) {\n      ...ImageFields\n      url(form: $form)\n    }\n  }\n": types.ImageDocument,
    "\n  mutation DeleteImages($input: DeleteImagesInput!) {\n    deleteImages(input: $input) {\n      ... on DeleteImagesPayload {\n        __typename\n        deletedCount\n        project {\n          ...ProjectFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.DeleteImagesDocument,
    "\n  fragment ChangedImages on ChangeImagesPayload {\n    __typename\n    results {\n      ... on ChangedImage {\n        __typename\n        image {\n          ...ImageFields\n        }\n      }\n      ... on ImageChangeRefused {\n        __typename\n        imageId\n        error {\n          ...UserErrorFields\n        }\n      }\n    }\n  }\n": types.ChangedImagesFragmentDoc,
    "\n  mutation SetImageGroup($input: SetImageGroupInput!) {\n    setImageGroup(input: $input) {\n      ...ChangedImages\n      ...UserErrorFields\n    }\n  }\n": types.SetImageGroupDocument,
    "\n  mutation SetImageSplit($input: SetImageSplitInput!) {\n    setImageSplit(input: $input) {\n      ...ChangedImages\n      ...UserErrorFields\n    }\n  }\n": types.SetImageSplitDocument,
    "\n  query ImportItems($id: ID!, $outcome: ImportOutcome, $first: Int, $after: String) {\n    transfer(id: $id) {\n      ... on ImageImport {\n        items(outcome: $outcome, first: $first, after: $after) {\n          nodes {\n            index\n            path\n            outcome\n            imageId\n            code\n            message\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n": types.ImportItemsDocument,
    "\n  mutation PreviewImport($input: PreviewImportInput!) {\n    previewImport(input: $input) {\n      ... on ImportPreview {\n        __typename\n        format\n        reason\n        isComplete\n        imageCount\n        labelledCount\n        unlabelledCount\n        elsewhereCount\n        problemCount\n        labels {\n          name\n          imageCount\n        }\n        splits {\n          split\n          imageCount\n        }\n        problemsByCode {\n          code\n          count\n        }\n        problems {\n          path\n          code\n          message\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.PreviewImportDocument,
    "\n  mutation StartImport($input: StartImportInput!) {\n    startImport(input: $input) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n": types.StartImportDocument,
    "\n  query ServerInfo {\n    serverInfo {\n      version\n      nodeVersion\n      schemaRevision\n      objectStore\n      time\n      limits {\n        projects\n        imageBytes\n        imageSide\n        imagePixels\n        labelLength\n        baseModelBytes\n        importBytes\n        predictionBytes\n      }\n      flavors {\n        ...TrainingFlavorFields\n      }\n    }\n  }\n": types.ServerInfoDocument,
    "\n  query InstallationHealth {\n    serverInfo {\n      database {\n        version\n        schemaRevision\n        clockOffsetMilliseconds\n      }\n      objectStoreTrial {\n        problem\n        milliseconds\n      }\n    }\n  }\n": types.InstallationHealthDocument,
    "\n  query Workers {\n    workers {\n      id\n      host\n      processId\n      exemplarVersion\n      nodeVersion\n      onnxRuntimeVersion\n      flavors\n      devices {\n        device\n        gigaflops\n      }\n      unusableDevices {\n        device\n        fault\n        message\n      }\n      memoryBytes\n      isLive\n      startedAt\n      heartbeatAt\n      heartbeatSeconds\n      clockOffsetMilliseconds\n      runningTrainings {\n        trainingId\n        versionName\n        state\n        projectId\n        projectName\n      }\n    }\n  }\n": types.WorkersDocument,
    "\n  fragment DefaultQuotasFields on DefaultQuotas {\n    __typename\n    images\n    bytes\n    activeTrainings\n    trainingMinutes\n    deployments\n  }\n": types.DefaultQuotasFieldsFragmentDoc,
    "\n  query DefaultQuotas {\n    defaultQuotas {\n      ...DefaultQuotasFields\n    }\n  }\n": types.DefaultQuotasDocument,
    "\n  mutation SetDefaultQuotas($input: SetDefaultQuotasInput!) {\n    setDefaultQuotas(input: $input) {\n      ...DefaultQuotasFields\n      ...UserErrorFields\n    }\n  }\n": types.SetDefaultQuotasDocument,
    "\n  fragment LabelFields on Label {\n    __typename\n    id\n    name\n    color\n    shortcut\n    imageCount\n    createdAt\n  }\n": types.LabelFieldsFragmentDoc,
    "\n  query Labels($projectId: ID!) {\n    labels(projectId: $projectId) {\n      ...LabelFields\n    }\n  }\n": types.LabelsDocument,
    "\n  query Label($id: ID!) {\n    label(id: $id) {\n      ...LabelFields\n    }\n  }\n": types.LabelDocument,
    "\n  mutation CreateLabel($input: CreateLabelInput!) {\n    createLabel(input: $input) {\n      ...LabelFields\n      ...UserErrorFields\n    }\n  }\n": types.CreateLabelDocument,
    "\n  mutation UpdateLabel($id: ID!, $input: UpdateLabelInput!) {\n    updateLabel(id: $id, input: $input) {\n      ...LabelFields\n      ...UserErrorFields\n    }\n  }\n": types.UpdateLabelDocument,
    "\n  mutation DeleteLabel($id: ID!, $policy: LabelDeletePolicy) {\n    deleteLabel(id: $id, policy: $policy) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": types.DeleteLabelDocument,
    "\n  fragment ModelVersionFields on ModelVersion {\n    __typename\n    id\n    name\n    versionNumber\n    baseModel\n    baseModelSha256\n    modelBytes\n    modelSha256\n    createdAt\n    evaluation {\n      accuracy\n      imageCount\n      macro {\n        precision\n        recall\n        f1\n      }\n    }\n    training {\n      id\n      versionLabel\n    }\n  }\n": types.ModelVersionFieldsFragmentDoc,
    "\n  query ModelVersions($projectId: ID!, $first: Int, $after: String) {\n    modelVersions(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...ModelVersionFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ModelVersionsDocument,
    "\n  query ModelVersion($id: ID!) {\n    modelVersion(id: $id) {\n      ...ModelVersionFields\n      modelUrl\n      unfamiliarityThreshold\n      classes {\n        labelId\n        name\n        threshold\n      }\n      recipe {\n        stage\n        epoch\n        epochs\n        inputSize\n        version\n        device\n      }\n      phases {\n        phase\n        seconds\n      }\n      forgetting {\n        labelId\n        labelName\n        recallBefore\n        recallAfter\n        support\n      }\n    }\n  }\n": types.ModelVersionDocument,
    "\n  mutation VerifyModelVersion($id: ID!, $fromFile: Boolean) {\n    verifyModelVersion(id: $id, fromFile: $fromFile) {\n      ... on ModelVerification {\n        __typename\n        isEqual\n        imageCount\n        contradictingImageIds\n        differences {\n          figure\n          stored\n          found\n        }\n        file {\n          isUnchanged\n          isWithinTolerance\n          largestDifference\n          imageCount\n          unreadableCount\n        }\n        modelVersion {\n          id\n          name\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.VerifyModelVersionDocument,
    "\n  mutation Predict($input: PredictInput!, $first: Int) {\n    predict(input: $input) {\n      ... on Prediction {\n        __typename\n        predictedLabel\n        predictedLabels\n        unfamiliarity\n        isUnfamiliar\n        scores(first: $first) {\n          labelId\n          labelName\n          probability\n          isPredicted\n        }\n        modelVersion {\n          id\n          name\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.PredictDocument,
    "\n  fragment ProjectEventFields on ProjectEvent {\n    __typename\n    sequence\n    occurredAt\n    projectId\n    ... on ProjectCountsChanged {\n      imageCount\n      labelledImageCount\n      labels {\n        labelId\n        imageCount\n      }\n    }\n    ... on ProjectLabelChanged {\n      change\n      labelId\n      name\n    }\n    ... on ProjectTrainingChanged {\n      trainingId\n      versionName\n      state\n      stopReason\n    }\n    ... on ProjectVersionCreated {\n      modelVersionId\n      trainingId\n      versionName\n      accuracy\n    }\n    ... on ProjectTransferChanged {\n      transferId\n      transferState\n    }\n    ... on ProjectDeploymentChanged {\n      deploymentId\n      deploymentChange\n      deploymentState\n      modelVersionId\n      name\n    }\n    ... on ProjectStreamResync {\n      from\n    }\n  }\n": types.ProjectEventFieldsFragmentDoc,
    "\n  subscription WatchProject($projectId: ID!, $after: Int) {\n    projectEvents(projectId: $projectId, after: $after) {\n      ...ProjectEventFields\n    }\n  }\n": types.WatchProjectDocument,
    "\n  query ProjectEvents($projectId: ID!, $first: Int, $after: String) {\n    project(id: $projectId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...ProjectEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.ProjectEventsDocument,
    "\n  fragment ProjectFields on Project {\n    __typename\n    id\n    name\n    description\n    type\n    imageCount\n    labelledImageCount\n    lastSequence\n    createdAt\n    updatedAt\n  }\n": types.ProjectFieldsFragmentDoc,
    "\n  fragment ProjectDetails on Project {\n    ...ProjectFields\n    labels {\n      ...LabelFields\n    }\n    members {\n      userId\n      userName\n      role\n    }\n    trainingConfig {\n      ...TrainingConfigFields\n    }\n  }\n": types.ProjectDetailsFragmentDoc,
    "\n  fragment ProjectUsageFields on ProjectUsage {\n    images {\n      used\n      limit\n    }\n    bytes {\n      used\n      limit\n    }\n    activeTrainings {\n      used\n      limit\n    }\n    trainingMinutes {\n      used\n      limit\n    }\n    deployments {\n      used\n      limit\n    }\n  }\n": types.ProjectUsageFieldsFragmentDoc,
    "\n  query Projects($first: Int, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes {\n        ...ProjectFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ProjectsDocument,
    "\n  query Project($id: ID!) {\n    project(id: $id) {\n      ...ProjectDetails\n    }\n  }\n": types.ProjectDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": types.CreateProjectDocument,
    "\n  mutation UpdateProject($id: ID!, $input: UpdateProjectInput!) {\n    updateProject(id: $id, input: $input) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": types.UpdateProjectDocument,
    "\n  mutation DeleteProject($id: ID!) {\n    deleteProject(id: $id) {\n      ... on DeletedProject {\n        __typename\n        id\n      }\n      ...UserErrorFields\n    }\n  }\n": types.DeleteProjectDocument,
    "\n  mutation SetProjectMember($input: SetProjectMemberInput!) {\n    setProjectMember(input: $input) {\n      ...ProjectDetails\n      ...UserErrorFields\n    }\n  }\n": types.SetProjectMemberDocument,
    "\n  query ProjectUsage($id: ID!) {\n    project(id: $id) {\n      usage {\n        ...ProjectUsageFields\n      }\n    }\n  }\n": types.ProjectUsageDocument,
    "\n  mutation SetProjectQuotas($input: SetProjectQuotasInput!) {\n    setProjectQuotas(input: $input) {\n      ... on Project {\n        __typename\n        id\n        usage {\n          ...ProjectUsageFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.SetProjectQuotasDocument,
    "\n  query TrainingReadiness($projectId: ID!, $config: TrainingConfigInput, $datasetVersionName: String) {\n    trainingReadiness(projectId: $projectId, config: $config, datasetVersionName: $datasetVersionName) {\n      isReady\n      datasetVersionName\n      config {\n        ...TrainingConfigFields\n      }\n      blockers {\n        code\n        message\n        labelId\n      }\n      warnings {\n        code\n        message\n        labelId\n        imageIds\n      }\n      split {\n        labelId\n        name\n        trainCount\n        validationCount\n        testCount\n      }\n    }\n  }\n": types.TrainingReadinessDocument,
    "\n  query ServedPredictions($deploymentId: ID!, $filter: ServedPredictionFilter, $first: Int, $after: String) {\n    deployment(id: $deploymentId) {\n      predictions(filter: $filter, first: $first, after: $after) {\n        nodes {\n          id\n          fileName\n          decision\n          uncertainty\n          createdAt\n          expiresAt\n          imageId\n          pictureUrl\n          modelVersion {\n            id\n            name\n          }\n          scores {\n            labelId\n            labelName\n            probability\n            isPredicted\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.ServedPredictionsDocument,
    "\n  mutation AddPredictionsToProject($input: AddPredictionsToProjectInput!) {\n    addPredictionsToProject(input: $input) {\n      ... on AddPredictionsPayload {\n        __typename\n        results {\n          ... on AddedPrediction {\n            __typename\n            isNew\n            image {\n              ...ImageFields\n            }\n          }\n          ... on PredictionNotAdded {\n            __typename\n            predictionId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.AddPredictionsToProjectDocument,
    "\n  fragment MetricsFields on Metrics {\n    imageCount\n    accuracy\n    macro {\n      precision\n      recall\n      f1\n    }\n    micro {\n      precision\n      recall\n      f1\n    }\n    weighted {\n      precision\n      recall\n      f1\n    }\n    confusionMatrix\n    classStatistics {\n      classIndex\n      labelId\n      labelName\n      support\n      predictedCount\n      truePositives\n      precision\n      recall\n      f1\n      oneVsRestAccuracy\n      threshold\n    }\n  }\n": types.MetricsFieldsFragmentDoc,
    "\n  fragment TrainingEventFields on TrainingEvent {\n    __typename\n    sequence\n    occurredAt\n    trainingId\n    ... on TrainingStateChanged {\n      state\n      stopReason\n      failure {\n        ...TrainingFailureFields\n      }\n    }\n    ... on TrainingProgressed {\n      phase\n      currentEpoch\n      done\n      total\n      imagesPerSecond\n      etaSeconds\n    }\n    ... on TrainingEpochCompleted {\n      stage\n      epoch\n      epochs\n      loss\n      metrics {\n        ...MetricsFields\n      }\n    }\n    ... on TrainingEvaluated {\n      metrics {\n        ...MetricsFields\n      }\n      testMetrics {\n        ...MetricsFields\n      }\n    }\n    ... on TrainingCheckpointSaved {\n      stage\n      epoch\n      byteSize\n    }\n    ... on TrainingInterrupted {\n      reason\n      attempt\n      message\n    }\n    ... on TrainingResumed {\n      attempt\n    }\n    ... on TrainingStopRequested {\n      request\n    }\n    ... on TrainingLogLine {\n      level\n      message\n    }\n    ... on StreamResync {\n      from\n    }\n  }\n": types.TrainingEventFieldsFragmentDoc,
    "\n  subscription WatchTraining($trainingId: ID!, $after: Int) {\n    trainingEvents(trainingId: $trainingId, after: $after) {\n      ...TrainingEventFields\n    }\n  }\n": types.WatchTrainingDocument,
    "\n  query TrainingEvents($trainingId: ID!, $first: Int, $after: String) {\n    training(id: $trainingId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...TrainingEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.TrainingEventsDocument,
    "\n  fragment TrainingConfigFields on TrainingConfig {\n    __typename\n    baseModel\n    baseVersionId\n    flavor\n    maxDurationMinutes\n    preference\n    seed\n    testRatio\n    trainRatio\n    validationRatio\n  }\n": types.TrainingConfigFieldsFragmentDoc,
    "\n  fragment TrainingFailureFields on TrainingFailure {\n    __typename\n    code\n    message\n    hint\n    isRetryable\n    imageIds\n  }\n": types.TrainingFailureFieldsFragmentDoc,
    "\n  fragment TrainingFields on Training {\n    __typename\n    id\n    versionName\n    versionLabel\n    state\n    stopReason\n    isFinished\n    attempt\n    device\n    lastSequence\n    queuePosition\n    expectedStartAt\n    waitingFor\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      ...TrainingFailureFields\n    }\n    progress {\n      phase\n      currentEpoch\n      done\n      total\n      imagesPerSecond\n      etaSeconds\n    }\n    config {\n      ...TrainingConfigFields\n    }\n    datasetVersion {\n      id\n      name\n    }\n    modelVersion {\n      id\n      name\n    }\n  }\n": types.TrainingFieldsFragmentDoc,
    "\n  fragment TrainingFlavorFields on TrainingFlavor {\n    id\n    name\n    device\n    memoryGib\n    maxParallel\n    liveWorkers\n    runningTrainings\n    queueLength\n    expectedWaitSeconds\n  }\n": types.TrainingFlavorFieldsFragmentDoc,
    "\n  query TrainingFlavors {\n    trainingFlavors {\n      ...TrainingFlavorFields\n    }\n  }\n": types.TrainingFlavorsDocument,
    "\n  query Trainings($projectId: ID!, $first: Int, $after: String) {\n    trainings(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...TrainingFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.TrainingsDocument,
    "\n  query Training($id: ID!) {\n    training(id: $id) {\n      ...TrainingFields\n    }\n  }\n": types.TrainingDocument,
    "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n": types.StartTrainingDocument,
    "\n  mutation StopTraining($id: ID!) {\n    stopTraining(id: $id) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n": types.StopTrainingDocument,
    "\n  mutation CancelTraining($id: ID!) {\n    cancelTraining(id: $id) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n": types.CancelTrainingDocument,
    "\n  mutation UpdateTrainingConfig($projectId: ID!, $input: TrainingConfigInput!) {\n    updateTrainingConfig(projectId: $projectId, input: $input) {\n      ...TrainingConfigFields\n      ...UserErrorFields\n    }\n  }\n": types.UpdateTrainingConfigDocument,
    "\n  fragment TransferEventFields on TransferEvent {\n    __typename\n    sequence\n    occurredAt\n    ... on TransferStateChanged {\n      state\n      failure {\n        ...TransferFailureFields\n      }\n    }\n    ... on TransferProgressed {\n      phase\n      done\n      total\n      perSecond\n      etaSeconds\n    }\n    ... on TransferResumed {\n      attempt\n    }\n  }\n": types.TransferEventFieldsFragmentDoc,
    "\n  subscription WatchTransfer($transferId: ID!, $after: Int) {\n    transferEvents(transferId: $transferId, after: $after) {\n      ...TransferEventFields\n    }\n  }\n": types.WatchTransferDocument,
    "\n  query TransferEvents($transferId: ID!, $first: Int, $after: String) {\n    transfer(id: $transferId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...TransferEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.TransferEventsDocument,
    "\n  fragment TransferFailureFields on TransferFailure {\n    __typename\n    code\n    message\n    hint\n    isRetryable\n  }\n": types.TransferFailureFieldsFragmentDoc,
    "\n  fragment TransferFields on Transfer {\n    __typename\n    id\n    state\n    isFinished\n    isCancelRequested\n    attempt\n    lastSequence\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      ...TransferFailureFields\n    }\n    progress {\n      phase\n      done\n      total\n      perSecond\n      etaSeconds\n    }\n    project {\n      id\n      name\n    }\n    ... on ImageImport {\n      format\n      createdLabelCount\n      reportUrl\n      counts {\n        created\n        duplicate\n        labelled\n        skipped\n        refused\n      }\n    }\n    ... on DatasetExport {\n      exportFormat\n      includesImages\n      includesUnlabelled\n      sourcePrefix\n      labelsOf\n      imageCount\n      byteSize\n      expiresAt\n      downloadUrl\n      losses {\n        kind\n        count\n        firstSource\n        message\n      }\n      datasetVersion {\n        id\n        name\n      }\n    }\n    ... on ModelExport {\n      modelVersion {\n        id\n        name\n      }\n      bundle {\n        url\n        bytes\n        sha256\n        modelBytes\n        accuracy\n        parity\n        wholeParity\n        imageCount\n        unreadableCount\n        int8 {\n          isIncluded\n          bytes\n          accuracy\n          drop\n          allowedDrop\n        }\n      }\n    }\n  }\n": types.TransferFieldsFragmentDoc,
    "\n  query Transfers($projectId: ID!, $first: Int, $after: String) {\n    transfers(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...TransferFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.TransfersDocument,
    "\n  query Transfer($id: ID!) {\n    transfer(id: $id) {\n      ...TransferFields\n    }\n  }\n": types.TransferDocument,
    "\n  mutation CancelTransfer($id: ID!) {\n    cancelTransfer(id: $id) {\n      ... on CancelTransferPayload {\n        __typename\n        transfer {\n          ...TransferFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.CancelTransferDocument,
    "\n  query Trash($projectId: ID!, $kind: TrashKind, $first: Int, $after: String) {\n    project(id: $projectId) {\n      trash(kind: $kind, first: $first, after: $after) {\n        nodes {\n          __typename\n          deletedAt\n          deletedById\n          deletedByName\n          expiresAt\n          ... on TrashedImage {\n            image {\n              ...ImageFields\n            }\n          }\n          ... on TrashedLabel {\n            label {\n              ...LabelFields\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.TrashDocument,
    "\n  mutation RestoreImages($input: RestoreImagesInput!) {\n    restoreImages(input: $input) {\n      ... on RestoreImagesPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on RestoredImage {\n            __typename\n            image {\n              ...ImageFields\n            }\n          }\n          ... on ImageRestoreRefused {\n            __typename\n            imageId\n            existing {\n              ...ImageFields\n            }\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.RestoreImagesDocument,
    "\n  mutation RestoreLabels($input: RestoreLabelsInput!) {\n    restoreLabels(input: $input) {\n      ... on RestoreLabelsPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on RestoredLabel {\n            __typename\n            label {\n              ...LabelFields\n            }\n          }\n          ... on LabelRestoreRefused {\n            __typename\n            labelId\n            existing {\n              ...LabelFields\n            }\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.RestoreLabelsDocument,
    "\n  mutation EmptyTrash($projectId: ID!) {\n    emptyTrash(projectId: $projectId) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n": types.EmptyTrashDocument,
    "\n  fragment UserErrorFields on UserError {\n    __typename\n    code\n    message\n    ... on ValidationError {\n      issues {\n        path\n        message\n      }\n    }\n    ... on LimitExceededError {\n      limit\n      used\n    }\n    ... on QuotaExceededError {\n      quota\n      quotaLimit\n      quotaUsed\n    }\n    ... on InvalidStateError {\n      currentState\n    }\n    ... on NotReadyError {\n      blockers {\n        code\n        message\n        labelId\n      }\n    }\n    ... on PictureRefusedError {\n      fileName\n      refusal\n    }\n    ... on StaleAnnotationError {\n      imageId\n      currentRevision\n    }\n    ... on UnavailableError {\n      unavailability\n      retryAfterSeconds\n    }\n    ... on ArchiveRefusedError {\n      archiveRefusal\n      entry\n    }\n  }\n": types.UserErrorFieldsFragmentDoc,
    "\n  mutation CreateImageUploads($input: CreateImageUploadsInput!) {\n    createImageUploads(input: $input) {\n      ... on CreateImageUploadsPayload {\n        __typename\n        results {\n          ... on ImageUpload {\n            __typename\n            id\n            uploadUrl\n            headers {\n              name\n              value\n            }\n          }\n          ... on UploadRefused {\n            __typename\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.CreateImageUploadsDocument,
    "\n  mutation CompleteImageUploads($uploadIds: [ID!]!) {\n    completeImageUploads(uploadIds: $uploadIds) {\n      ... on CompleteImageUploadsPayload {\n        __typename\n        results {\n          ... on CompletedImageUpload {\n            __typename\n            uploadId\n            outcome\n            image {\n              ...ImageFields\n            }\n          }\n          ... on ImageUploadRefused {\n            __typename\n            uploadId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.CompleteImageUploadsDocument,
    "\n  mutation CreateImportUpload($input: CreateImportUploadInput!) {\n    createImportUpload(input: $input) {\n      ... on CreatedImportUpload {\n        __typename\n        uploadUrl\n        upload {\n          __typename\n          id\n          fileName\n          expiresAt\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n": types.CreateImportUploadDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserFields on User {\n    __typename\n    id\n    name\n    isAdministrator\n    createdAt\n    disabledAt\n  }\n"): typeof import('./graphql.ts').UserFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserDetails on User {\n    ...UserFields\n    accessTokens {\n      ...AccessTokenFields\n    }\n    memberships {\n      projectId\n      projectName\n      role\n    }\n  }\n"): typeof import('./graphql.ts').UserDetailsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccessTokenFields on AccessToken {\n    __typename\n    id\n    name\n    scope\n    createdAt\n    expiresAt\n    lastUsedAt\n    revokedAt\n    deploymentId\n  }\n"): typeof import('./graphql.ts').AccessTokenFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      user {\n        ...UserFields\n      }\n      accessTokens {\n        ...AccessTokenFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Users($filter: UserFilter, $first: Int, $after: String) {\n    users(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...UserFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').UsersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query User($id: ID!) {\n    user(id: $id) {\n      ...UserDetails\n    }\n  }\n"): typeof import('./graphql.ts').UserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateUser($id: ID!, $input: UpdateUserInput!) {\n    updateUser(id: $id, input: $input) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').UpdateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisableUser($id: ID!) {\n    disableUser(id: $id) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').DisableUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnableUser($id: ID!) {\n    enableUser(id: $id) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').EnableUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      ...UserFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      ... on CreatedAccessToken {\n        __typename\n        token\n        accessToken {\n          ...AccessTokenFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateAccessTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeAccessToken($id: ID!) {\n    revokeAccessToken(id: $id) {\n      ...AccessTokenFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').RevokeAccessTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnnotateImages($input: AnnotateImagesInput!) {\n    annotateImages(input: $input) {\n      ... on AnnotateImagesPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on AnnotatedImage {\n            __typename\n            image {\n              ...ImageFields\n            }\n          }\n          ... on AnnotationRefused {\n            __typename\n            imageId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').AnnotateImagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BaseModels {\n    baseModels {\n      name\n      version\n      source\n      licence\n      bytes\n      sha256\n      dimension\n      inputSize\n      parameters\n      multiplyAdds\n      millisecondsPerPicture\n      trainable\n      frozenOperators\n      remarks\n      offeredAt\n    }\n  }\n"): typeof import('./graphql.ts').BaseModelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BaseModelUploadFields on BaseModelUpload {\n    __typename\n    id\n    name\n    state\n    message\n    createdAt\n  }\n"): typeof import('./graphql.ts').BaseModelUploadFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BaseModelUploads {\n    baseModelUploads {\n      ...BaseModelUploadFields\n    }\n  }\n"): typeof import('./graphql.ts').BaseModelUploadsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateBaseModelUpload($input: CreateBaseModelUploadInput!) {\n    createBaseModelUpload(input: $input) {\n      ... on CreatedBaseModelUpload {\n        __typename\n        uploadUrl\n        upload {\n          ...BaseModelUploadFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateBaseModelUploadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteBaseModel($name: String!) {\n    deleteBaseModel(name: $name) {\n      ... on DeletedBaseModel {\n        __typename\n        name\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').DeleteBaseModelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DatasetClassFields on DatasetClass {\n    classIndex\n    labelId\n    name\n    color\n    trainCount\n    validationCount\n    testCount\n  }\n"): typeof import('./graphql.ts').DatasetClassFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DatasetVersionFields on DatasetVersion {\n    __typename\n    id\n    name\n    contentSha256\n    imageCount\n    trainCount\n    validationCount\n    testCount\n    trainRatio\n    testRatio\n    seed\n    createdAt\n  }\n"): typeof import('./graphql.ts').DatasetVersionFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DatasetVersions($projectId: ID!, $first: Int, $after: String) {\n    datasetVersions(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...DatasetVersionFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DatasetVersionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DatasetVersion($id: ID!) {\n    datasetVersion(id: $id) {\n      ...DatasetVersionFields\n      classes {\n        ...DatasetClassFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DatasetVersionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PublishDatasetVersion($input: PublishDatasetVersionInput!) {\n    publishDatasetVersion(input: $input) {\n      ... on PublishedDatasetVersion {\n        __typename\n        outcome\n        datasetVersion {\n          ...DatasetVersionFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').PublishDatasetVersionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DatasetVersionDiff($fromId: ID!, $toId: ID!) {\n    datasetVersionDiff(fromId: $fromId, toId: $toId) {\n      addedCount\n      removedCount\n      relabelledCount\n      movedCount\n      classes {\n        labelId\n        before {\n          ...DatasetClassFields\n        }\n        after {\n          ...DatasetClassFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DatasetVersionDiffDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DatasetVersionChanges($fromId: ID!, $toId: ID!, $kind: DatasetChangeKind!, $first: Int, $after: String) {\n    datasetVersionDiff(fromId: $fromId, toId: $toId) {\n      changes(kind: $kind, first: $first, after: $after) {\n        nodes {\n          imageId\n          sha256\n          annotatedById\n          annotatedByName\n          before {\n            split\n            labels {\n              labelId\n              name\n            }\n          }\n          after {\n            split\n            labels {\n              labelId\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DatasetVersionChangesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeploymentFields on Deployment {\n    __typename\n    id\n    name\n    url\n    state\n    stopCause\n    errorMessage\n    acceptFrom\n    autoStopHours\n    idleStopMinutes\n    storeHours\n    createdAt\n    startedAt\n    stopsAt\n    modelVersion {\n      id\n      name\n    }\n    candidate {\n      mode\n      percent\n      modelVersion {\n        id\n        name\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DeploymentFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Deployments($projectId: ID!, $first: Int, $after: String) {\n    deployments(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...DeploymentFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DeploymentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Deployment($id: ID!) {\n    deployment(id: $id) {\n      ...DeploymentFields\n    }\n  }\n"): typeof import('./graphql.ts').DeploymentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeploymentStatistics($id: ID!, $minutes: Int) {\n    deployment(id: $id) {\n      totals {\n        modelVersionId\n        invocations\n        failures\n        pictures\n        compared\n        agreementRate\n        lastInvokedAt\n      }\n      window(minutes: $minutes) {\n        invocations\n        failures\n        latencies {\n          p50\n          p95\n          p99\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DeploymentStatisticsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeploymentHistory($id: ID!, $first: Int, $after: String) {\n    deployment(id: $id) {\n      history(first: $first, after: $after) {\n        nodes {\n          sequence\n          kind\n          changedAt\n          changedBy\n          state\n          stopCause\n          modelVersion {\n            id\n            name\n          }\n          candidate {\n            mode\n            percent\n            modelVersion {\n              id\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DeploymentHistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeployModel($input: DeployModelInput!) {\n    deployModel(input: $input) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').DeployModelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateDeployment($input: UpdateDeploymentInput!) {\n    updateDeployment(input: $input) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').UpdateDeploymentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RollbackDeployment($id: ID!) {\n    rollbackDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').RollbackDeploymentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartDeployment($id: ID!) {\n    startDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').StartDeploymentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StopDeployment($id: ID!) {\n    stopDeployment(id: $id) {\n      ...DeploymentFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').StopDeploymentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteDeployment($id: ID!) {\n    deleteDeployment(id: $id) {\n      ... on DeletedDeployment {\n        __typename\n        id\n        name\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').DeleteDeploymentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateDeploymentToken($input: CreateDeploymentTokenInput!) {\n    createDeploymentToken(input: $input) {\n      ... on CreatedAccessToken {\n        __typename\n        token\n        accessToken {\n          ...AccessTokenFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateDeploymentTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EvaluationFields on Evaluation {\n    split\n    imageCount\n    accuracy\n    macro {\n      precision\n      recall\n      f1\n    }\n    micro {\n      precision\n      recall\n      f1\n    }\n    weighted {\n      precision\n      recall\n      f1\n    }\n    confusionMatrix\n    classStatistics {\n      classIndex\n      labelId\n      labelName\n      support\n      predictedCount\n      truePositives\n      precision\n      recall\n      f1\n      oneVsRestAccuracy\n      threshold\n    }\n    confidence {\n      temperature\n      calibrationErrorBefore\n      calibrationErrorAfter\n      accuracy {\n        lower\n        upper\n      }\n      macroF1 {\n        lower\n        upper\n      }\n      classes {\n        precision {\n          lower\n          upper\n        }\n        recall {\n          lower\n          upper\n        }\n      }\n      crossValidated {\n        accuracy\n        macroF1\n        folds\n        imageCount\n      }\n    }\n    datasetVersion {\n      ...DatasetVersionFields\n    }\n    calibration {\n      temperatures\n      before {\n        expectedCalibrationError\n        brier\n        crossEntropy\n      }\n      after {\n        expectedCalibrationError\n        brier\n        crossEntropy\n      }\n    }\n    unfamiliarCount\n  }\n"): typeof import('./graphql.ts').EvaluationFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Evaluation($modelVersionId: ID!) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        ...EvaluationFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').EvaluationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TestEvaluation($modelVersionId: ID!) {\n    modelVersion(id: $modelVersionId) {\n      testEvaluation {\n        ...EvaluationFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TestEvaluationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ThresholdFor($modelVersionId: ID!, $precision: Float!, $labelId: ID) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        thresholdFor(precision: $precision, labelId: $labelId) {\n          threshold\n          imageCount\n          acceptedCount\n          coverage\n          precision\n          recall\n          precisionInterval {\n            lower\n            upper\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ThresholdForDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EvaluatedImages($modelVersionId: ID!, $first: Int, $after: String) {\n    modelVersion(id: $modelVersionId) {\n      evaluation {\n        images(first: $first, after: $after) {\n          nodes {\n            imageId\n            probabilities\n            unfamiliarity\n            isUnfamiliar\n            actual {\n              labelId\n              name\n            }\n            predicted {\n              labelId\n              name\n            }\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').EvaluatedImagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartExport($input: StartExportInput!) {\n    startExport(input: $input) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').StartExportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartModelExport($modelVersionId: ID!, $format: ModelExportFormat!, $idempotencyKey: String) {\n    startModelExport(modelVersionId: $modelVersionId, format: $format, idempotencyKey: $idempotencyKey) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').StartModelExportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExportAddress($id: ID!) {\n    transfer(id: $id) {\n      ... on DatasetExport {\n        downloadUrl\n      }\n      ... on ModelExport {\n        bundle {\n          url\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ExportAddressDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ImageFields on Image {\n    __typename\n    id\n    fileName\n    byteSize\n    format\n    width\n    height\n    sha256\n    group\n    splitOverride\n    isLabelled\n    annotationRevision\n    annotations {\n      source\n      confidence\n      createdAt\n      label {\n        id\n        name\n        color\n      }\n    }\n    createdAt\n  }\n"): typeof import('./graphql.ts').ImageFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Images(\n    $projectId: ID!\n    $filter: ImageFilter\n    $orderBy: ImageOrder\n    $direction: OrderDirection\n    $first: Int\n    $after: String\n    $form: ImageForm\n  ) {\n    images(\n      projectId: $projectId\n      filter: $filter\n      orderBy: $orderBy\n      direction: $direction\n      first: $first\n      after: $after\n    ) {\n      nodes {\n        ...ImageFields\n        url(form: $form)\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ImagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImageCount($projectId: ID!, $filter: ImageFilter) {\n    images(projectId: $projectId, filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n"): typeof import('./graphql.ts').ImageCountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NearDuplicates($id: ID!, $form: ImageForm) {\n    image(id: $id) {\n      nearDuplicates {\n        ...ImageFields\n        url(form: $form)\n      }\n    }\n  }\n"): typeof import('./graphql.ts').NearDuplicatesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Image($id: ID!, $form: ImageForm) {\n    image(id: $id) {\n      ...ImageFields\n      url(form: $form)\n    }\n  }\n"): typeof import('./graphql.ts').ImageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteImages($input: DeleteImagesInput!) {\n    deleteImages(input: $input) {\n      ... on DeleteImagesPayload {\n        __typename\n        deletedCount\n        project {\n          ...ProjectFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').DeleteImagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ChangedImages on ChangeImagesPayload {\n    __typename\n    results {\n      ... on ChangedImage {\n        __typename\n        image {\n          ...ImageFields\n        }\n      }\n      ... on ImageChangeRefused {\n        __typename\n        imageId\n        error {\n          ...UserErrorFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ChangedImagesFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetImageGroup($input: SetImageGroupInput!) {\n    setImageGroup(input: $input) {\n      ...ChangedImages\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').SetImageGroupDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetImageSplit($input: SetImageSplitInput!) {\n    setImageSplit(input: $input) {\n      ...ChangedImages\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').SetImageSplitDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportItems($id: ID!, $outcome: ImportOutcome, $first: Int, $after: String) {\n    transfer(id: $id) {\n      ... on ImageImport {\n        items(outcome: $outcome, first: $first, after: $after) {\n          nodes {\n            index\n            path\n            outcome\n            imageId\n            code\n            message\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ImportItemsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PreviewImport($input: PreviewImportInput!) {\n    previewImport(input: $input) {\n      ... on ImportPreview {\n        __typename\n        format\n        reason\n        isComplete\n        imageCount\n        labelledCount\n        unlabelledCount\n        elsewhereCount\n        problemCount\n        labels {\n          name\n          imageCount\n        }\n        splits {\n          split\n          imageCount\n        }\n        problemsByCode {\n          code\n          count\n        }\n        problems {\n          path\n          code\n          message\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').PreviewImportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartImport($input: StartImportInput!) {\n    startImport(input: $input) {\n      ...TransferFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').StartImportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ServerInfo {\n    serverInfo {\n      version\n      nodeVersion\n      schemaRevision\n      objectStore\n      time\n      limits {\n        projects\n        imageBytes\n        imageSide\n        imagePixels\n        labelLength\n        baseModelBytes\n        importBytes\n        predictionBytes\n      }\n      flavors {\n        ...TrainingFlavorFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ServerInfoDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InstallationHealth {\n    serverInfo {\n      database {\n        version\n        schemaRevision\n        clockOffsetMilliseconds\n      }\n      objectStoreTrial {\n        problem\n        milliseconds\n      }\n    }\n  }\n"): typeof import('./graphql.ts').InstallationHealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Workers {\n    workers {\n      id\n      host\n      processId\n      exemplarVersion\n      nodeVersion\n      onnxRuntimeVersion\n      flavors\n      devices {\n        device\n        gigaflops\n      }\n      unusableDevices {\n        device\n        fault\n        message\n      }\n      memoryBytes\n      isLive\n      startedAt\n      heartbeatAt\n      heartbeatSeconds\n      clockOffsetMilliseconds\n      runningTrainings {\n        trainingId\n        versionName\n        state\n        projectId\n        projectName\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WorkersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DefaultQuotasFields on DefaultQuotas {\n    __typename\n    images\n    bytes\n    activeTrainings\n    trainingMinutes\n    deployments\n  }\n"): typeof import('./graphql.ts').DefaultQuotasFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DefaultQuotas {\n    defaultQuotas {\n      ...DefaultQuotasFields\n    }\n  }\n"): typeof import('./graphql.ts').DefaultQuotasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetDefaultQuotas($input: SetDefaultQuotasInput!) {\n    setDefaultQuotas(input: $input) {\n      ...DefaultQuotasFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').SetDefaultQuotasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LabelFields on Label {\n    __typename\n    id\n    name\n    color\n    shortcut\n    imageCount\n    createdAt\n  }\n"): typeof import('./graphql.ts').LabelFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Labels($projectId: ID!) {\n    labels(projectId: $projectId) {\n      ...LabelFields\n    }\n  }\n"): typeof import('./graphql.ts').LabelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Label($id: ID!) {\n    label(id: $id) {\n      ...LabelFields\n    }\n  }\n"): typeof import('./graphql.ts').LabelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateLabel($input: CreateLabelInput!) {\n    createLabel(input: $input) {\n      ...LabelFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateLabelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateLabel($id: ID!, $input: UpdateLabelInput!) {\n    updateLabel(id: $id, input: $input) {\n      ...LabelFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').UpdateLabelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteLabel($id: ID!, $policy: LabelDeletePolicy) {\n    deleteLabel(id: $id, policy: $policy) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').DeleteLabelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ModelVersionFields on ModelVersion {\n    __typename\n    id\n    name\n    versionNumber\n    baseModel\n    baseModelSha256\n    modelBytes\n    modelSha256\n    createdAt\n    evaluation {\n      accuracy\n      imageCount\n      macro {\n        precision\n        recall\n        f1\n      }\n    }\n    training {\n      id\n      versionLabel\n    }\n  }\n"): typeof import('./graphql.ts').ModelVersionFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ModelVersions($projectId: ID!, $first: Int, $after: String) {\n    modelVersions(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...ModelVersionFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ModelVersionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ModelVersion($id: ID!) {\n    modelVersion(id: $id) {\n      ...ModelVersionFields\n      modelUrl\n      unfamiliarityThreshold\n      classes {\n        labelId\n        name\n        threshold\n      }\n      recipe {\n        stage\n        epoch\n        epochs\n        inputSize\n        version\n        device\n      }\n      phases {\n        phase\n        seconds\n      }\n      forgetting {\n        labelId\n        labelName\n        recallBefore\n        recallAfter\n        support\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ModelVersionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VerifyModelVersion($id: ID!, $fromFile: Boolean) {\n    verifyModelVersion(id: $id, fromFile: $fromFile) {\n      ... on ModelVerification {\n        __typename\n        isEqual\n        imageCount\n        contradictingImageIds\n        differences {\n          figure\n          stored\n          found\n        }\n        file {\n          isUnchanged\n          isWithinTolerance\n          largestDifference\n          imageCount\n          unreadableCount\n        }\n        modelVersion {\n          id\n          name\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').VerifyModelVersionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Predict($input: PredictInput!, $first: Int) {\n    predict(input: $input) {\n      ... on Prediction {\n        __typename\n        predictedLabel\n        predictedLabels\n        unfamiliarity\n        isUnfamiliar\n        scores(first: $first) {\n          labelId\n          labelName\n          probability\n          isPredicted\n        }\n        modelVersion {\n          id\n          name\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').PredictDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProjectEventFields on ProjectEvent {\n    __typename\n    sequence\n    occurredAt\n    projectId\n    ... on ProjectCountsChanged {\n      imageCount\n      labelledImageCount\n      labels {\n        labelId\n        imageCount\n      }\n    }\n    ... on ProjectLabelChanged {\n      change\n      labelId\n      name\n    }\n    ... on ProjectTrainingChanged {\n      trainingId\n      versionName\n      state\n      stopReason\n    }\n    ... on ProjectVersionCreated {\n      modelVersionId\n      trainingId\n      versionName\n      accuracy\n    }\n    ... on ProjectTransferChanged {\n      transferId\n      transferState\n    }\n    ... on ProjectDeploymentChanged {\n      deploymentId\n      deploymentChange\n      deploymentState\n      modelVersionId\n      name\n    }\n    ... on ProjectStreamResync {\n      from\n    }\n  }\n"): typeof import('./graphql.ts').ProjectEventFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchProject($projectId: ID!, $after: Int) {\n    projectEvents(projectId: $projectId, after: $after) {\n      ...ProjectEventFields\n    }\n  }\n"): typeof import('./graphql.ts').WatchProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProjectEvents($projectId: ID!, $first: Int, $after: String) {\n    project(id: $projectId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...ProjectEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ProjectEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProjectFields on Project {\n    __typename\n    id\n    name\n    description\n    type\n    imageCount\n    labelledImageCount\n    lastSequence\n    createdAt\n    updatedAt\n  }\n"): typeof import('./graphql.ts').ProjectFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProjectDetails on Project {\n    ...ProjectFields\n    labels {\n      ...LabelFields\n    }\n    members {\n      userId\n      userName\n      role\n    }\n    trainingConfig {\n      ...TrainingConfigFields\n    }\n  }\n"): typeof import('./graphql.ts').ProjectDetailsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProjectUsageFields on ProjectUsage {\n    images {\n      used\n      limit\n    }\n    bytes {\n      used\n      limit\n    }\n    activeTrainings {\n      used\n      limit\n    }\n    trainingMinutes {\n      used\n      limit\n    }\n    deployments {\n      used\n      limit\n    }\n  }\n"): typeof import('./graphql.ts').ProjectUsageFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Projects($first: Int, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes {\n        ...ProjectFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ProjectsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Project($id: ID!) {\n    project(id: $id) {\n      ...ProjectDetails\n    }\n  }\n"): typeof import('./graphql.ts').ProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProject($id: ID!, $input: UpdateProjectInput!) {\n    updateProject(id: $id, input: $input) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').UpdateProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteProject($id: ID!) {\n    deleteProject(id: $id) {\n      ... on DeletedProject {\n        __typename\n        id\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').DeleteProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetProjectMember($input: SetProjectMemberInput!) {\n    setProjectMember(input: $input) {\n      ...ProjectDetails\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').SetProjectMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProjectUsage($id: ID!) {\n    project(id: $id) {\n      usage {\n        ...ProjectUsageFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ProjectUsageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetProjectQuotas($input: SetProjectQuotasInput!) {\n    setProjectQuotas(input: $input) {\n      ... on Project {\n        __typename\n        id\n        usage {\n          ...ProjectUsageFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').SetProjectQuotasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TrainingReadiness($projectId: ID!, $config: TrainingConfigInput, $datasetVersionName: String) {\n    trainingReadiness(projectId: $projectId, config: $config, datasetVersionName: $datasetVersionName) {\n      isReady\n      datasetVersionName\n      config {\n        ...TrainingConfigFields\n      }\n      blockers {\n        code\n        message\n        labelId\n      }\n      warnings {\n        code\n        message\n        labelId\n        imageIds\n      }\n      split {\n        labelId\n        name\n        trainCount\n        validationCount\n        testCount\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TrainingReadinessDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ServedPredictions($deploymentId: ID!, $filter: ServedPredictionFilter, $first: Int, $after: String) {\n    deployment(id: $deploymentId) {\n      predictions(filter: $filter, first: $first, after: $after) {\n        nodes {\n          id\n          fileName\n          decision\n          uncertainty\n          createdAt\n          expiresAt\n          imageId\n          pictureUrl\n          modelVersion {\n            id\n            name\n          }\n          scores {\n            labelId\n            labelName\n            probability\n            isPredicted\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ServedPredictionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddPredictionsToProject($input: AddPredictionsToProjectInput!) {\n    addPredictionsToProject(input: $input) {\n      ... on AddPredictionsPayload {\n        __typename\n        results {\n          ... on AddedPrediction {\n            __typename\n            isNew\n            image {\n              ...ImageFields\n            }\n          }\n          ... on PredictionNotAdded {\n            __typename\n            predictionId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').AddPredictionsToProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MetricsFields on Metrics {\n    imageCount\n    accuracy\n    macro {\n      precision\n      recall\n      f1\n    }\n    micro {\n      precision\n      recall\n      f1\n    }\n    weighted {\n      precision\n      recall\n      f1\n    }\n    confusionMatrix\n    classStatistics {\n      classIndex\n      labelId\n      labelName\n      support\n      predictedCount\n      truePositives\n      precision\n      recall\n      f1\n      oneVsRestAccuracy\n      threshold\n    }\n  }\n"): typeof import('./graphql.ts').MetricsFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingEventFields on TrainingEvent {\n    __typename\n    sequence\n    occurredAt\n    trainingId\n    ... on TrainingStateChanged {\n      state\n      stopReason\n      failure {\n        ...TrainingFailureFields\n      }\n    }\n    ... on TrainingProgressed {\n      phase\n      currentEpoch\n      done\n      total\n      imagesPerSecond\n      etaSeconds\n    }\n    ... on TrainingEpochCompleted {\n      stage\n      epoch\n      epochs\n      loss\n      metrics {\n        ...MetricsFields\n      }\n    }\n    ... on TrainingEvaluated {\n      metrics {\n        ...MetricsFields\n      }\n      testMetrics {\n        ...MetricsFields\n      }\n    }\n    ... on TrainingCheckpointSaved {\n      stage\n      epoch\n      byteSize\n    }\n    ... on TrainingInterrupted {\n      reason\n      attempt\n      message\n    }\n    ... on TrainingResumed {\n      attempt\n    }\n    ... on TrainingStopRequested {\n      request\n    }\n    ... on TrainingLogLine {\n      level\n      message\n    }\n    ... on StreamResync {\n      from\n    }\n  }\n"): typeof import('./graphql.ts').TrainingEventFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchTraining($trainingId: ID!, $after: Int) {\n    trainingEvents(trainingId: $trainingId, after: $after) {\n      ...TrainingEventFields\n    }\n  }\n"): typeof import('./graphql.ts').WatchTrainingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TrainingEvents($trainingId: ID!, $first: Int, $after: String) {\n    training(id: $trainingId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...TrainingEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TrainingEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingConfigFields on TrainingConfig {\n    __typename\n    baseModel\n    baseVersionId\n    flavor\n    maxDurationMinutes\n    preference\n    seed\n    testRatio\n    trainRatio\n    validationRatio\n  }\n"): typeof import('./graphql.ts').TrainingConfigFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingFailureFields on TrainingFailure {\n    __typename\n    code\n    message\n    hint\n    isRetryable\n    imageIds\n  }\n"): typeof import('./graphql.ts').TrainingFailureFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingFields on Training {\n    __typename\n    id\n    versionName\n    versionLabel\n    state\n    stopReason\n    isFinished\n    attempt\n    device\n    lastSequence\n    queuePosition\n    expectedStartAt\n    waitingFor\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      ...TrainingFailureFields\n    }\n    progress {\n      phase\n      currentEpoch\n      done\n      total\n      imagesPerSecond\n      etaSeconds\n    }\n    config {\n      ...TrainingConfigFields\n    }\n    datasetVersion {\n      id\n      name\n    }\n    modelVersion {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql.ts').TrainingFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingFlavorFields on TrainingFlavor {\n    id\n    name\n    device\n    memoryGib\n    maxParallel\n    liveWorkers\n    runningTrainings\n    queueLength\n    expectedWaitSeconds\n  }\n"): typeof import('./graphql.ts').TrainingFlavorFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TrainingFlavors {\n    trainingFlavors {\n      ...TrainingFlavorFields\n    }\n  }\n"): typeof import('./graphql.ts').TrainingFlavorsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Trainings($projectId: ID!, $first: Int, $after: String) {\n    trainings(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...TrainingFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TrainingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Training($id: ID!) {\n    training(id: $id) {\n      ...TrainingFields\n    }\n  }\n"): typeof import('./graphql.ts').TrainingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').StartTrainingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StopTraining($id: ID!) {\n    stopTraining(id: $id) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').StopTrainingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelTraining($id: ID!) {\n    cancelTraining(id: $id) {\n      ...TrainingFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CancelTrainingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateTrainingConfig($projectId: ID!, $input: TrainingConfigInput!) {\n    updateTrainingConfig(projectId: $projectId, input: $input) {\n      ...TrainingConfigFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').UpdateTrainingConfigDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TransferEventFields on TransferEvent {\n    __typename\n    sequence\n    occurredAt\n    ... on TransferStateChanged {\n      state\n      failure {\n        ...TransferFailureFields\n      }\n    }\n    ... on TransferProgressed {\n      phase\n      done\n      total\n      perSecond\n      etaSeconds\n    }\n    ... on TransferResumed {\n      attempt\n    }\n  }\n"): typeof import('./graphql.ts').TransferEventFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchTransfer($transferId: ID!, $after: Int) {\n    transferEvents(transferId: $transferId, after: $after) {\n      ...TransferEventFields\n    }\n  }\n"): typeof import('./graphql.ts').WatchTransferDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TransferEvents($transferId: ID!, $first: Int, $after: String) {\n    transfer(id: $transferId) {\n      events(first: $first, after: $after) {\n        nodes {\n          ...TransferEventFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TransferEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TransferFailureFields on TransferFailure {\n    __typename\n    code\n    message\n    hint\n    isRetryable\n  }\n"): typeof import('./graphql.ts').TransferFailureFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TransferFields on Transfer {\n    __typename\n    id\n    state\n    isFinished\n    isCancelRequested\n    attempt\n    lastSequence\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      ...TransferFailureFields\n    }\n    progress {\n      phase\n      done\n      total\n      perSecond\n      etaSeconds\n    }\n    project {\n      id\n      name\n    }\n    ... on ImageImport {\n      format\n      createdLabelCount\n      reportUrl\n      counts {\n        created\n        duplicate\n        labelled\n        skipped\n        refused\n      }\n    }\n    ... on DatasetExport {\n      exportFormat\n      includesImages\n      includesUnlabelled\n      sourcePrefix\n      labelsOf\n      imageCount\n      byteSize\n      expiresAt\n      downloadUrl\n      losses {\n        kind\n        count\n        firstSource\n        message\n      }\n      datasetVersion {\n        id\n        name\n      }\n    }\n    ... on ModelExport {\n      modelVersion {\n        id\n        name\n      }\n      bundle {\n        url\n        bytes\n        sha256\n        modelBytes\n        accuracy\n        parity\n        wholeParity\n        imageCount\n        unreadableCount\n        int8 {\n          isIncluded\n          bytes\n          accuracy\n          drop\n          allowedDrop\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TransferFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Transfers($projectId: ID!, $first: Int, $after: String) {\n    transfers(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        ...TransferFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TransfersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Transfer($id: ID!) {\n    transfer(id: $id) {\n      ...TransferFields\n    }\n  }\n"): typeof import('./graphql.ts').TransferDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelTransfer($id: ID!) {\n    cancelTransfer(id: $id) {\n      ... on CancelTransferPayload {\n        __typename\n        transfer {\n          ...TransferFields\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CancelTransferDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Trash($projectId: ID!, $kind: TrashKind, $first: Int, $after: String) {\n    project(id: $projectId) {\n      trash(kind: $kind, first: $first, after: $after) {\n        nodes {\n          __typename\n          deletedAt\n          deletedById\n          deletedByName\n          expiresAt\n          ... on TrashedImage {\n            image {\n              ...ImageFields\n            }\n          }\n          ... on TrashedLabel {\n            label {\n              ...LabelFields\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TrashDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreImages($input: RestoreImagesInput!) {\n    restoreImages(input: $input) {\n      ... on RestoreImagesPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on RestoredImage {\n            __typename\n            image {\n              ...ImageFields\n            }\n          }\n          ... on ImageRestoreRefused {\n            __typename\n            imageId\n            existing {\n              ...ImageFields\n            }\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').RestoreImagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreLabels($input: RestoreLabelsInput!) {\n    restoreLabels(input: $input) {\n      ... on RestoreLabelsPayload {\n        __typename\n        project {\n          ...ProjectFields\n        }\n        results {\n          ... on RestoredLabel {\n            __typename\n            label {\n              ...LabelFields\n            }\n          }\n          ... on LabelRestoreRefused {\n            __typename\n            labelId\n            existing {\n              ...LabelFields\n            }\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').RestoreLabelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EmptyTrash($projectId: ID!) {\n    emptyTrash(projectId: $projectId) {\n      ...ProjectFields\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').EmptyTrashDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserErrorFields on UserError {\n    __typename\n    code\n    message\n    ... on ValidationError {\n      issues {\n        path\n        message\n      }\n    }\n    ... on LimitExceededError {\n      limit\n      used\n    }\n    ... on QuotaExceededError {\n      quota\n      quotaLimit\n      quotaUsed\n    }\n    ... on InvalidStateError {\n      currentState\n    }\n    ... on NotReadyError {\n      blockers {\n        code\n        message\n        labelId\n      }\n    }\n    ... on PictureRefusedError {\n      fileName\n      refusal\n    }\n    ... on StaleAnnotationError {\n      imageId\n      currentRevision\n    }\n    ... on UnavailableError {\n      unavailability\n      retryAfterSeconds\n    }\n    ... on ArchiveRefusedError {\n      archiveRefusal\n      entry\n    }\n  }\n"): typeof import('./graphql.ts').UserErrorFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateImageUploads($input: CreateImageUploadsInput!) {\n    createImageUploads(input: $input) {\n      ... on CreateImageUploadsPayload {\n        __typename\n        results {\n          ... on ImageUpload {\n            __typename\n            id\n            uploadUrl\n            headers {\n              name\n              value\n            }\n          }\n          ... on UploadRefused {\n            __typename\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateImageUploadsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteImageUploads($uploadIds: [ID!]!) {\n    completeImageUploads(uploadIds: $uploadIds) {\n      ... on CompleteImageUploadsPayload {\n        __typename\n        results {\n          ... on CompletedImageUpload {\n            __typename\n            uploadId\n            outcome\n            image {\n              ...ImageFields\n            }\n          }\n          ... on ImageUploadRefused {\n            __typename\n            uploadId\n            error {\n              ...UserErrorFields\n            }\n          }\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CompleteImageUploadsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateImportUpload($input: CreateImportUploadInput!) {\n    createImportUpload(input: $input) {\n      ... on CreatedImportUpload {\n        __typename\n        uploadUrl\n        upload {\n          __typename\n          id\n          fileName\n          expiresAt\n        }\n      }\n      ...UserErrorFields\n    }\n  }\n"): typeof import('./graphql.ts').CreateImportUploadDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
