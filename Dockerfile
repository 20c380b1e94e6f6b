# The command line in an image: docker build -t case-review . && docker run --rm -v "$PWD:/reviews" case-review
FROM node:24-alpine AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts && npm run build

FROM node:24-alpine
# check --changed asks git; the folder that is mounted belongs to somebody else.
RUN apk add --no-cache git && git config --system safe.directory /reviews
COPY --from=build /build/dist/case-review.cjs /usr/local/bin/case-review
COPY --from=build /build/dist/third-party-notices.txt /build/LICENSE /usr/local/share/doc/case-review/
USER node
WORKDIR /reviews
ENTRYPOINT ["case-review"]
CMD ["check"]
