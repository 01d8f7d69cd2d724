# An image for Spark on Kubernetes: Apache Spark's own image, the application jar, jobs, conf and three scripts. It runs as
# Spark's user, 185. Build the application jar first:
#   mvn -DskipTests package && docker build -t meanfield:0.1.0 .
# SPARK_IMAGE may be any image of Spark that docs/clusters.md names, with Java 17, on x86-64 Linux with glibc. Nobody has looked
# up whether the registry has this tag: its form is that of older releases.
ARG SPARK_IMAGE=apache/spark:3.5.9-scala2.12-java17-ubuntu
FROM ${SPARK_IMAGE}

COPY LICENSE NOTICE /opt/meanfield/
COPY licenses /opt/meanfield/licenses
COPY conf /opt/meanfield/conf
COPY jobs /opt/meanfield/jobs
COPY scripts/submit scripts/spark-class scripts/gpu-discovery /opt/meanfield/scripts/
COPY target/meanfield-*-app.jar /opt/meanfield/meanfield.jar

# One math thread for each task, because Spark runs one task per core.
ENV OMP_NUM_THREADS=1
USER 185
