package io.kernos.isolation;

/** Tells nobody. */
enum QuietListener implements ContainerListener {
    INSTANCE;

    @Override
    public void onStarted(long framework, long task, int pid, long epochNs, long receivedNs, long startedNs) {}

    @Override
    public void onFailed(long framework, long task, LaunchStage stage, int errno, String message) {}

    @Override
    public void onExited(long framework, long task, ContainerExit exit) {}

    @Override
    public void onRecovered(long framework, long task, int pid, long startedEpochNs) {}

    @Override
    public void onRecoveryComplete() {}

    @Override
    public void onDisconnected(String reason) {}
}
