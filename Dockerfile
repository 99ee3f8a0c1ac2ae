# Two stages: the first builds the wheel (front end included, with Node from a wheel), the second only runs it.
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir build \
 && python -m build --wheel --outdir /wheels \
 && python -m venv /opt/backlit \
 && /opt/backlit/bin/pip install --no-cache-dir /wheels/*.whl

FROM python:3.13-slim
COPY --from=build /opt/backlit /opt/backlit
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin backlit
USER backlit
# Nothing is written at run time, so the root file system may be read-only: docker run --read-only -p 8000:8000 backlit
ENV PATH="/opt/backlit/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["backlit", "--host", "0.0.0.0", "--port", "8000"]
