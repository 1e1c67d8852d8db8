package io.kernos.isolation;

/** Which container: the task of a framework. */
record ContainerKey(long frameworkId, long taskId) {}
