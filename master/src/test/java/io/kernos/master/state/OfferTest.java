package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OfferTest {
    private static final long GIB = TestFramework.GIB;

    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);
    private final TestFramework framework = TestFramework.withOffers(master);
    private final int template = framework.template(1000, GIB, 1);

    @Test
    void shouldOfferAllOfAnAgentWhenItRegisters() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);

        Inbox.Offered offer = framework.last(Inbox.Offered.class);
        assertEquals(agent.id, offer.agentId());
        assertEquals(4000, offer.cpus());
        assertEquals(8 * GIB, offer.memory());
        assertEquals(100, offer.ports().size());
    }

    @Test
    void shouldLaunchAndOfferTheRestAgainWhenAccepted() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);

        framework.accept(framework.last(Inbox.Offered.class).offerId(), template, 1, 2);

        assertEquals(2, agent.launches().size());
        assertEquals(List.of(31_000L), agent.launches().get(0).ports());
        assertEquals(List.of(31_001L), agent.launches().get(1).ports());
        Inbox.Offered rest = framework.last(Inbox.Offered.class);
        assertEquals(2000, rest.cpus());
        assertEquals(98, rest.ports().size());
    }

    @Test
    void shouldRefuseAndLeaveTheOfferWhenTheTaskIdsDoNotAscend() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();

        framework.accept(offerId, template, 5, 4);
        framework.accept(offerId, template, 5, 5);
        framework.accept(offerId, template, 0);
        framework.accept(offerId, template, Submissions.MAX_TASK_ID + 1);

        assertEquals(4, framework.all(Inbox.Refusal.class).size());
        assertEquals(4, master.count(MasterCounter.REFUSED_INVALID_VALUE));
        Inbox.Refusal first = framework.all(Inbox.Refusal.class).getFirst();
        assertTrue(first.message().startsWith("launches.taskId=4 must be from 6 to "), first.message());
        framework.accept(offerId, template, 4, 5);
        assertEquals(2, agent.launches().size());
    }

    @Test
    void shouldNotOfferTheRestUntilTheFilterEndsWhenAcceptedWithOne() {
        TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();
        framework.clear();

        framework.send(Messages.accept(1, framework.id, 5_000, List.of(offerId), template, 1));

        assertTrue(framework.all(Inbox.Offered.class).isEmpty());
        master.pass(4_999);
        assertTrue(framework.all(Inbox.Offered.class).isEmpty());
        master.pass(1);
        assertEquals(3000, framework.last(Inbox.Offered.class).cpus());
    }

    @Test
    void shouldDropTheTasksWhenAnOfferIsNotKnown() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();

        framework.send(Messages.accept(1, framework.id, 0, List.of(offerId, 999L), template, 1));

        assertTrue(agent.launches().isEmpty());
        Inbox.Updated update = framework.updates(1).getLast();
        assertEquals(TaskState.DROPPED, update.state());
        assertEquals(TaskReason.INVALID_OFFERS, update.reason());
        assertEquals(4000, framework.last(Inbox.Offered.class).cpus());
        framework.acknowledgeAll();
        assertEquals(TaskState.DROPPED, master.store.ended(framework.id, 1));
    }

    @Test
    void shouldDropTheTasksWhenOffersAreOfTwoAgentsOrNamedTwice() {
        TestAgent.registered(relay, 4000, 8 * GIB);
        TestAgent.registered(relay, 4000, 8 * GIB);
        List<Long> offers = framework.all(Inbox.Offered.class).stream()
                .map(Inbox.Offered::offerId)
                .toList();

        framework.send(Messages.accept(1, framework.id, 0, offers, template, 1));
        long again = framework.last(Inbox.Offered.class).offerId();
        framework.send(Messages.accept(2, framework.id, 0, List.of(again, again), template, 2));

        assertEquals(TaskState.DROPPED, framework.updates(1).getLast().state());
        assertEquals(TaskState.DROPPED, framework.updates(2).getLast().state());
    }

    @Test
    void shouldDropTheTasksWhenTheOfferIsAnothersOrNone() {
        TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();
        TestFramework thief = TestFramework.withOffers(master);
        int its = thief.template(1, GIB, 0);

        thief.accept(offerId, its, 1);
        thief.send(Messages.accept(1, thief.id, 0, List.of(), its, 2));

        assertEquals(TaskState.DROPPED, thief.updates(1).getLast().state());
        assertEquals(TaskState.DROPPED, thief.updates(2).getLast().state());
        assertEquals(1, master.count(MasterCounter.OFFERS_OUTSTANDING));
    }

    @Test
    void shouldUseOffersOfOneAgentTogetherWhenAccepted() {
        TestAgent agent = TestAgent.registered(relay, 2000, 4 * GIB);
        TestFramework other = TestFramework.submitting(master);
        other.template(1000, GIB, 0);
        long first = framework.last(Inbox.Offered.class).offerId();
        framework.accept(first, template, 1, 2);
        agent.status(framework.id, 1, TaskState.FINISHED);
        agent.status(framework.id, 2, TaskState.FINISHED);
        List<Inbox.Offered> offers = framework.all(Inbox.Offered.class);
        List<Long> open = offers.stream()
                .map(Inbox.Offered::offerId)
                .filter(each -> each != first)
                .toList();

        framework.send(Messages.accept(9, framework.id, 0, open, template, 3, 4));

        assertEquals(4, agent.launches().size());
    }

    @Test
    void shouldEndInErrorAndNameTheFieldWhenATaskIsTooLarge() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        int large = framework.template(5000, GIB, 0);
        int portly = framework.template(1, GIB, 101);

        framework.accept(framework.last(Inbox.Offered.class).offerId(), large, 1);
        framework.accept(framework.last(Inbox.Offered.class).offerId(), portly, 2);
        framework.accept(framework.last(Inbox.Offered.class).offerId(), 77, 3);

        assertTrue(agent.launches().isEmpty());
        assertEquals(TaskState.ERROR, framework.updates(1).getLast().state());
        assertEquals(TaskReason.TASK_INVALID, framework.updates(1).getLast().reason());
        assertTrue(framework.updates(1).getLast().message().contains("cpus"));
        assertTrue(framework.updates(1).getLast().message().contains("5000"));
        assertTrue(framework.updates(2).getLast().message().contains("ports"));
        assertTrue(framework.updates(3).getLast().message().contains("templateId=77"));
    }

    @Test
    void shouldLaunchWhatFitsWhenOnlySomeOfTheTasksDo() {
        TestAgent agent = TestAgent.registered(relay, 2500, 8 * GIB);

        framework.accept(framework.last(Inbox.Offered.class).offerId(), template, 1, 2, 3);

        assertEquals(2, agent.launches().size());
        assertEquals(TaskState.ERROR, framework.updates(3).getLast().state());
        assertTrue(framework.updates(3).getLast().message().contains("have 500 left"));
    }

    @Test
    void shouldDoNothingWhenAnAcceptIsRepeated() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();
        framework.accept(offerId, template, 1);

        framework.accept(offerId, template, 1);

        assertEquals(1, agent.launches().size());
        assertTrue(framework.updates(1).isEmpty());
    }

    @Test
    void shouldOfferAgainAfterTheFilterWhenDeclined() {
        TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();
        framework.clear();

        framework.decline(offerId, 3_000);

        assertEquals(0, master.count(MasterCounter.OFFERS_OUTSTANDING));
        master.pass(3_000);
        assertEquals(4000, framework.last(Inbox.Offered.class).cpus());
    }

    @Test
    void shouldOfferDeclinedAgentsAgainWhenRevived() {
        TestAgent.registered(relay, 4000, 8 * GIB);
        framework.decline(framework.last(Inbox.Offered.class).offerId(), 3_000_000);
        framework.clear();

        framework.send(Messages.revive(framework.id));

        assertEquals(1, framework.all(Inbox.Offered.class).size());
    }

    @Test
    void shouldOfferToAnotherWhenOneDeclined() {
        TestFramework other = TestFramework.withOffers(master);
        TestAgent.registered(relay, 4000, 8 * GIB);

        framework.decline(framework.last(Inbox.Offered.class).offerId(), 60_000);

        assertEquals(1, other.all(Inbox.Offered.class).size());
    }

    @Test
    void shouldOfferNothingUntilRevivedWhenSuppressed() {
        framework.send(Messages.suppress(framework.id));
        TestAgent.registered(relay, 4000, 8 * GIB);
        assertTrue(framework.all(Inbox.Offered.class).isEmpty());

        framework.send(Messages.revive(framework.id));

        assertEquals(1, framework.all(Inbox.Offered.class).size());
    }

    @Test
    void shouldStaySuppressedWhenItFailsOver() {
        framework.send(Messages.suppress(framework.id));
        master.close(framework.session);
        framework.failOver(true, false);

        TestAgent.registered(relay, 4000, 8 * GIB);

        assertTrue(framework.all(Inbox.Offered.class).isEmpty());
    }

    @Test
    void shouldRescindWhenTheAgentIsLost() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();

        agent.disconnect();

        assertEquals(offerId, framework.last(Inbox.Rescinded.class).offerId());
        assertEquals(1, master.count(MasterCounter.OFFERS_RESCINDED));
    }

    @Test
    void shouldOfferToOthersWhenTheFrameworkIsGone() {
        TestAgent.registered(relay, 4000, 8 * GIB);
        TestFramework other = TestFramework.withOffers(master);
        assertTrue(other.all(Inbox.Offered.class).isEmpty());

        master.close(framework.session);

        assertEquals(4000, other.last(Inbox.Offered.class).cpus());
    }

    @Test
    void shouldRefuseWhenTheFilterIsNegative() {
        TestAgent.registered(relay, 4000, 8 * GIB);
        long offerId = framework.last(Inbox.Offered.class).offerId();

        framework.decline(offerId, -1);
        framework.send(Messages.accept(1, framework.id, -1, List.of(offerId), template, 1));

        assertEquals(2, framework.all(Inbox.Refusal.class).size());
        assertEquals(1, master.count(MasterCounter.OFFERS_OUTSTANDING));
    }

    @Test
    void shouldRescindAnOfferAndGiveOthersATurnWhenItIsNotAnsweredInTime() {
        TestMaster timed = new TestMaster(context -> context.offerTimeoutMs(1_000));
        TestRelay itsRelay = new TestRelay(timed, 1);
        TestFramework silent = TestFramework.withOffers(timed);
        TestAgent.registered(itsRelay, 1000, GIB);
        long offerId = silent.last(Inbox.Offered.class).offerId();
        TestFramework other = TestFramework.withOffers(timed);
        timed.pass(999);
        assertTrue(silent.all(Inbox.Rescinded.class).isEmpty());

        timed.pass(1);

        assertEquals(offerId, silent.last(Inbox.Rescinded.class).offerId());
        assertEquals(1, other.all(Inbox.Offered.class).size());
        assertEquals(1, timed.count(MasterCounter.OFFERS_RESCINDED));
        timed.pass(4_999);
        assertEquals(1, silent.all(Inbox.Offered.class).size());
    }

    @Test
    void shouldHoldBackOffersWhenThereAreAsManyAsMayBe() {
        TestMaster small = new TestMaster(context -> context.maxOffers(1));
        TestRelay itsRelay = new TestRelay(small, 1);
        TestFramework its = TestFramework.withOffers(small);

        TestAgent.registered(itsRelay, 1000, GIB);
        TestAgent.registered(itsRelay, 1000, GIB);

        assertEquals(1, its.all(Inbox.Offered.class).size());
        its.decline(its.last(Inbox.Offered.class).offerId(), 60_000);
        small.pass(5_000);
        assertEquals(2, its.all(Inbox.Offered.class).size());
    }

    @Test
    void shouldPlaceWaitingTasksOnWhatWasOfferedBeyondTheLimit() {
        TestMaster small = new TestMaster(context -> context.maxOffers(1));
        TestRelay itsRelay = new TestRelay(small, 1);
        TestFramework submitting = TestFramework.submitting(small);
        TestAgent big = TestAgent.registered(itsRelay, 8000, 8 * GIB);
        submitting.submit(1, 2, submitting.template(8000, 8 * GIB, 0));
        assertEquals(1, big.launches().size());
        TestFramework its = TestFramework.withOffers(small);
        TestAgent.registered(itsRelay, 1000, GIB);
        assertEquals(1, its.all(Inbox.Offered.class).size());

        TestAgent second = TestAgent.registered(itsRelay, 8000, 8 * GIB);

        assertEquals(1, its.all(Inbox.Offered.class).size());
        assertEquals(1, second.launches().size());
    }

    @Test
    void shouldRefuseAnAcceptWhenThereIsNoRoomForItsTasks() {
        TestMaster small = new TestMaster(context -> context.maxTasks(1));
        TestRelay itsRelay = new TestRelay(small, 1);
        TestFramework its = TestFramework.withOffers(small);
        int its1 = its.template(100, GIB, 0);
        TestAgent.registered(itsRelay, 1000, 4 * GIB);

        its.accept(its.last(Inbox.Offered.class).offerId(), its1, 1, 2);

        assertEquals(RefusalCode.LIMIT_REACHED, its.last(Inbox.Refusal.class).code());
        assertEquals(1, small.count(MasterCounter.OFFERS_OUTSTANDING));
    }
}
