package io.kernos.agent;

import io.kernos.isolation.ContainerExit;
import io.kernos.isolation.ContainerListener;
import io.kernos.isolation.LaunchOutcome;
import io.kernos.isolation.LaunchStage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A supervisor as the real one behaves, without processes: it outlives agents, and may be killed itself. */
final class SimulatedSupervisor {
    private enum State {
        STARTING,
        RUNNING,
        EXITED,
        FAILED,
        LOST
    }

    private static final class Container {
        private State state = State.STARTING;
        private int code;
        private int signal;
        private int signalWanted;

        boolean hasEnded() {
            return state != State.STARTING && state != State.RUNNING;
        }
    }

    private static final int MAX_ORDERS = 4;
    private static final int SIGKILL = 9;

    private final ArrayDeque<Runnable> orders = new ArrayDeque<>();
    private final ArrayDeque<Consumer<ContainerListener>> events = new ArrayDeque<>();
    private final Map<Long, Container> containers = new TreeMap<>();
    private final Set<Long> unclaimed = new HashSet<>();
    private final Random random;
    final Map<Long, Integer> runs = new HashMap<>();
    int claims;
    long id;

    SimulatedSupervisor(Random random) {
        this.random = random;
        this.id = random.nextLong(1, Long.MAX_VALUE);
    }

    /** One that was found starting when the agent came back is this one. */
    LaunchOutcome launch(long taskId) {
        if (unclaimed.remove(taskId)) {
            claims++;
            return LaunchOutcome.ACCEPTED;
        }
        if (!order(() -> start(taskId))) {
            return LaunchOutcome.BACK_PRESSURED;
        }
        return LaunchOutcome.ACCEPTED;
    }

    boolean kill(long taskId, int signal) {
        return order(() -> {
            Container container = containers.get(taskId);
            if (container != null && container.state == State.STARTING) {
                container.signalWanted = Math.max(container.signalWanted, signal == SIGKILL ? SIGKILL : 1);
            } else if (container != null && !container.hasEnded() && (signal == SIGKILL || random.nextBoolean())) {
                end(taskId, container, 0, signal);
            }
        });
    }

    boolean acknowledge(long taskId) {
        return order(() -> {
            Container container = containers.get(taskId);
            if (container != null && container.hasEnded()) {
                containers.remove(taskId);
            }
        });
    }

    private boolean order(Runnable order) {
        return orders.size() < MAX_ORDERS && orders.add(order);
    }

    private void start(long taskId) {
        if (containers.containsKey(taskId)) {
            events.add(listener -> listener.onFailed(1, taskId, LaunchStage.KEY, 17, "taken"));
            return;
        }
        containers.put(taskId, new Container());
    }

    /** Whether its command ran an instant cannot be known when it was killed before. */
    private void begin(long taskId, Container container) {
        if (random.nextInt(10) == 0) {
            container.state = State.FAILED;
            tell(taskId, listener -> failed(listener, taskId));
            return;
        }
        container.state = State.RUNNING;
        runs.merge(taskId, 1, Integer::sum);
        tell(taskId, listener -> listener.onStarted(1, taskId, 100, 7, 0, 0));
        if (container.signalWanted == SIGKILL || container.signalWanted != 0 && random.nextBoolean()) {
            end(taskId, container, 0, container.signalWanted);
        }
    }

    private void tell(long taskId, Consumer<ContainerListener> event) {
        events.add(listener -> {
            unclaimed.remove(taskId);
            event.accept(listener);
        });
    }

    private static void failed(ContainerListener listener, long taskId) {
        listener.onFailed(1, taskId, LaunchStage.EXEC, 2, "could not execute");
    }

    private void end(long taskId, Container container, int code, int signal) {
        container.state = State.EXITED;
        container.code = code;
        container.signal = signal;
        tell(taskId, listener -> exited(listener, taskId, container));
    }

    private static void exited(ContainerListener listener, long taskId, Container container) {
        boolean lost = container.state == State.LOST;
        listener.onExited(1, taskId, new ContainerExit(container.code, container.signal, false, lost, 0, 0, 0, 8));
    }

    /** Something happens by itself: an order is read, or a task starts or ends. */
    void step() {
        if (!orders.isEmpty() && random.nextBoolean()) {
            orders.poll().run();
        }
        if (random.nextInt(3) == 0) {
            oneThatIs(State.STARTING).ifPresent(taskId -> begin(taskId, containers.get(taskId)));
        }
        if (random.nextInt(4) == 0) {
            oneThatIs(State.RUNNING).ifPresent(taskId -> end(taskId, containers.get(taskId), random.nextInt(3), 0));
        }
    }

    private Optional<Long> oneThatIs(State state) {
        List<Long> found = new ArrayList<>();
        containers.forEach((taskId, container) -> {
            if (container.state == state) {
                found.add(taskId);
            }
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(random.nextInt(found.size())));
    }

    int poll(ContainerListener listener) {
        Consumer<ContainerListener> event = random.nextBoolean() ? events.poll() : null;
        if (event == null) {
            return 0;
        }
        event.accept(listener);
        return 1;
    }

    /** The agent's end of the connection is gone, and with it what was on the way. */
    void disconnect() {
        orders.clear();
        events.clear();
        unclaimed.clear();
    }

    /** A new agent, or one that lost the connection, asks what there is. */
    void list() {
        disconnect();
        containers.forEach((taskId, container) -> {
            switch (container.state) {
                case STARTING -> unclaimed.add(taskId);
                case RUNNING -> events.add(listener -> listener.onRecovered(1, taskId, 100, 7));
                case FAILED -> events.add(listener -> failed(listener, taskId));
                default -> events.add(listener -> exited(listener, taskId, container));
            }
        });
        events.add(ContainerListener::onRecoveryComplete);
    }

    /** It is killed, and its containers with it; its successor has its journal, but for what was just begun. */
    void die() {
        disconnect();
        id = random.nextLong(1, Long.MAX_VALUE);
        containers
                .values()
                .removeIf(container -> container.state == State.STARTING
                        || container.state == State.RUNNING && random.nextInt(4) == 0);
        containers.values().forEach(container -> {
            if (container.state == State.RUNNING) {
                container.state = State.LOST;
            }
        });
    }

    boolean holdsNothing() {
        return containers.isEmpty();
    }
}
