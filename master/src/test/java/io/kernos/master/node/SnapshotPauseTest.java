package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.master.cluster.CounterTypes;
import io.kernos.master.cluster.ServiceCounter;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRegisterEncoder;
import io.kernos.transport.codecs.AgentRegisteredDecoder;
import io.kernos.transport.codecs.AgentTasksEncoder;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.RefusedDecoder;
import io.kernos.transport.codecs.RelayConnectEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures how long a snapshot holds a master up; prints figures, judges none. How to run it: docs/master.md. */
@EnabledIfSystemProperty(named = SnapshotPauseTest.PROFILE, matches = "eco|balanced|spin")
@Timeout(600)
class SnapshotPauseTest {
    static final String PROFILE = "kernos.snapshot.pause";
    private static final int SNAPSHOTS = 5;
    private static final int TASKS_AN_AGENT = 20;

    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer unknown = new UnsafeBuffer(new byte[8]);

    @ParameterizedTest
    @CsvSource({"1000, 100", "10000, 1000"})
    void measure(int agents, int frameworks, @TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterContext context =
                    master.context().relayEnabled(false).idleProfile(IdleProfile.of(System.getProperty(PROFILE)));
            context.service().state().maxSessions(4_000);
            MasterNode node = master.start(context);
            try (TestSession relay = master.connect()) {
                connectAgents(relay, agents);
                int tasks = agents * TASKS_AN_AGENT;
                for (int i = 0; i < frameworks; i++) {
                    submit(master, tasks / frameworks);
                    for (int left = tasks / frameworks; left > 0; ) {
                        left -= take(relay, LaunchTaskDecoder.TEMPLATE_ID);
                    }
                }
                System.out.printf("%d agents, %d tasks, %d frameworks%n", agents, tasks, frameworks);
                for (int i = 0; i < SNAPSHOTS; i++) {
                    snapshot(master, node);
                }
            }
        }
    }

    private void snapshot(TestMaster master, MasterNode node) {
        try (TestSession session = master.connect()) {
            double[] usualMs = new double[200];
            for (int i = 0; i < usualMs.length; i++) {
                usualMs[i] = roundTripMs(session);
            }
            Arrays.sort(usualMs);
            CompletableFuture<Boolean> taken =
                    CompletableFuture.supplyAsync(() -> node.snapshot(TestMaster.TIMEOUT_MS));
            double longestMs = 0;
            while (!taken.isDone()) {
                longestMs = Math.max(longestMs, roundTripMs(session));
            }
            assertTrue(taken.join());
            System.out.printf(
                    Locale.ROOT,
                    "  written in %.1f ms, %d bytes, %d records; round trip usually %.2f ms, longest %.1f ms%n",
                    counter(session, ServiceCounter.SNAPSHOT_PAUSE_NS) / 1e6,
                    counter(session, ServiceCounter.SNAPSHOT_BYTES),
                    counter(session, ServiceCounter.SNAPSHOT_RECORDS),
                    usualMs[usualMs.length / 2],
                    longestMs);
        }
    }

    private double roundTripMs(TestSession session) {
        long beginNs = System.nanoTime();
        session.send(unknown, 0, unknown.capacity());
        session.await(RefusedDecoder.TEMPLATE_ID);
        return (System.nanoTime() - beginNs) / 1e6;
    }

    private static long counter(TestSession session, ServiceCounter counter) {
        return TestMaster.counter(session.aeron(), CounterTypes.of(counter));
    }

    /** Comes as a framework that stays when its session ends, and fills its part of the cluster. */
    private static void submit(TestMaster master, int tasks) {
        try (TestSession session = master.connect()) {
            long frameworkId = session.subscribe(0);
            session.registerTemplate(frameworkId, 1);
            session.submit(frameworkId, 1, tasks, 1);
        }
    }

    private void connectAgents(TestSession relay, int agents) {
        RelayConnectEncoder connect = new RelayConnectEncoder().wrapAndApplyHeader(out, 0, header);
        connect.relayId(1).name("relay");
        send(relay, connect.encodedLength());
        for (int i = 1; i <= agents; i++) {
            AgentRegisterEncoder register = new AgentRegisterEncoder().wrapAndApplyHeader(out, 0, header);
            register.connectionId(i)
                    .agentId(0)
                    .instanceId(i)
                    .responseStreamId(1)
                    .clusterId(0);
            AgentRegisterEncoder.ScalarsEncoder scalars = register.scalarsCount(3);
            scalars.next().kind(0).amount(100L * TASKS_AN_AGENT);
            scalars.next().kind(1).amount(64L << 30);
            scalars.next().kind(2).amount(1L << 40);
            register.rangesCount(1).next().kind(0).begin(31_000).end(32_000);
            AgentRegisterEncoder.AttributesEncoder attributes = register.attributesCount(2);
            attributes.next().name("isolation").value("cgroups-v2+namespaces");
            attributes.next().name("kernel").value("6.18.0-generic");
            register.hostname("machine-" + i + ".example").responseChannel("").sandboxChannel("machine-" + i + ":7711");
            send(relay, register.encodedLength());
            AgentTasksEncoder tasks = new AgentTasksEncoder().wrapAndApplyHeader(out, 0, header);
            tasks.connectionId(i).last((short) 1).tasksCount(0);
            send(relay, tasks.encodedLength());
        }
        for (int left = agents; left > 0; ) {
            left -= take(relay, AgentRegisteredDecoder.TEMPLATE_ID);
        }
    }

    /** Takes all that came; returns how much of it was of this kind. */
    private static int take(TestSession session, int templateId) {
        session.poll();
        int count = 0;
        for (byte[] each : session.received()) {
            count += MessageCheck.templateId(new UnsafeBuffer(each), 0) == templateId ? 1 : 0;
        }
        session.received().clear();
        return count;
    }

    private void send(TestSession session, int encodedLength) {
        session.send(out, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        session.poll();
    }
}
