# A small image of one static program: docker run --rm -v "$PWD:/work:ro" swarm-plan check
# For GitLab CI, which needs a shell in the image: docker build --target shell .
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY schemas schemas
# The manifest names the tests and benchmarks, which are not part of the image.
RUN mkdir -p tests/bench && touch tests/main.rs tests/bench/speed.rs \
    && cargo build --release --locked --bin swarm-plan

FROM alpine:3.22 AS shell
COPY --from=build /source/target/release/swarm-plan /usr/local/bin/swarm-plan
USER 65534
WORKDIR /work
ENTRYPOINT ["swarm-plan"]

FROM scratch
COPY --from=build /source/target/release/swarm-plan /usr/local/bin/swarm-plan
ENV PATH=/usr/local/bin
USER 65534
WORKDIR /work
ENTRYPOINT ["swarm-plan"]
CMD ["check"]
