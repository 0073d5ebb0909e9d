# web (default): the dashboard, without torch.      docker build -t headstrata .
# worker: scores heads, on a GPU where there is one. docker build -t headstrata-worker --target worker .
#   without CUDA, smaller: --build-arg TORCH_INDEX=URL of PyTorch's index of CPU builds

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/headstrata && python -m venv /opt/build
ENV PATH=/opt/headstrata/bin:$PATH
WORKDIR /src
# The dependencies are locked with their hashes.
COPY requirements requirements
RUN /opt/build/bin/pip install --require-hashes --requirement requirements/build.txt \
 && pip install --require-hashes --requirement requirements/web.txt
COPY pyproject.toml README.md LICENSE ./
COPY headstrata headstrata
COPY cache cache
COPY vocabulary vocabulary
COPY classify classify
COPY app app
COPY assets assets
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && pip install --no-deps --no-index /wheels/*.whl

FROM build AS build-worker
ARG TORCH_VERSION=2.13.0
ARG TORCH_INDEX=
# Not locked: which of its builds is right depends on the machine.
# hadolint ignore=DL3013
RUN pip install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} "torch==$TORCH_VERSION" \
 && pip install --no-deps --require-hashes --requirement requirements/worker.txt

FROM python:3.13-slim AS base
RUN useradd --uid 1000 --create-home headstrata \
 && install --directory --owner=headstrata --group=headstrata /cache /models
ENV PATH=/opt/headstrata/bin:$PATH PYTHONUNBUFFERED=1 HEADSTRATA_CACHE=/cache
WORKDIR /home/headstrata
VOLUME /cache

FROM base AS worker
COPY --from=build-worker /opt/headstrata /opt/headstrata
# Models that were downloaded once.
ENV HF_HOME=/models
VOLUME /models
USER 1000
STOPSIGNAL SIGTERM
CMD ["headstrata", "work"]

FROM base AS web
COPY --from=build /opt/headstrata /opt/headstrata
ENV HEADSTRATA_HOST=0.0.0.0 PORT=8050
USER 1000
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=3)"]
STOPSIGNAL SIGTERM
CMD ["headstrata", "serve"]
