# The server and its commands, and little else: Node, what Node links to, and a shell for ECS Exec. docs/operations.md says
# what it weighs. Build: docker build --build-arg COMMIT="$(git rev-parse HEAD)" -t filmgraph .
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS source
WORKDIR /app
COPY package.json package-lock.json ./

FROM source AS build
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY schema schema
COPY server server
RUN npm run build && find dist -name '.tsbuildinfo' -delete && rm -rf dist/.compiled && install -d -o 10001 dist/.compiled
# Node looks for compiled code by user and version.
USER 10001:10001
RUN node dist/server/compile.js

FROM source AS dependencies
# The base brings Node, so the packages that carry it are left out, but not other packages' binaries, which are optional
# dependencies too. Declarations, source maps of packages and their manuals serve nobody here.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/node-linux-* \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \
    -o -name '*.md' -not -iname 'licen[cs]e*' \) -delete

# Of the base's system only what the server needs: programs with the libraries they link to, certificates, time zones. And a
# folder for a volume with images, for servers without a bucket.
FROM dependencies AS system
RUN set -eu; \
  mkdir -p /system/etc/ssl/certs /system/tmp /system/usr/share /system/usr/bin /system/app/data; \
  for folder in bin lib lib64; do \
    if [ -L "/$folder" ]; then mkdir -p "/system/usr/$folder" && ln -s "usr/$folder" "/system/$folder"; fi; \
  done; \
  programs="$(for name in node sh cat script; do command -v "$name"; done)"; \
  for file in $programs $(find /app/node_modules -name '*.node'); do \
    ldd "$file" | grep -o '/[^ ]*' || true; \
  done | sort -u > /tmp/libraries; \
  for file in $programs $(cat /tmp/libraries); do cp -L --parents "$file" /system; done; \
  cp -L /etc/ssl/certs/ca-certificates.crt /system/etc/ssl/certs/; \
  cp -r /usr/share/zoneinfo /system/usr/share/; \
  echo 'filmgraph:x:10001:10001::/app:/usr/sbin/nologin' > /system/etc/passwd; \
  echo 'filmgraph:x:10001:' > /system/etc/group; \
  chmod 1777 /system/tmp; \
  chown 10001:10001 /system/app/data

FROM scratch
COPY --from=system /system /
WORKDIR /app
COPY --from=dependencies /app/package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
ENV NODE_ENV=production PATH=/usr/local/bin:/usr/bin:/bin
# By number, so that a platform can check that it is not root.
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["node", "dist/server/cli/check-health.js"]
# Without a shell or npm in between, signals reach the server.
CMD ["node", "dist/server/main.js"]
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="filmgraph" \
  org.opencontainers.image.description="One film platform: a GraphQL API and five legacy REST contracts" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.revision="${COMMIT}"
