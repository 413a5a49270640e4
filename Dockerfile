# One image for every part: what runs is the command, such as `node dist/apps/sender/main.js`.
FROM node:24-bookworm-slim AS build
WORKDIR /attesta
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    ATTESTA_HOST=0.0.0.0 \
    ATTESTA_DATA_DIR=/var/lib/attesta
WORKDIR /attesta
COPY --from=build /attesta/package.json ./
COPY --from=build /attesta/node_modules ./node_modules
COPY --from=build /attesta/dist ./dist
RUN install -d -o node -g node -m 0700 /var/lib/attesta
USER node
EXPOSE 3000
CMD ["node", "dist/apps/all-in-one/main.js"]
