package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random events, applied to an allocator and to the naive one alike. */
final class RandomEvents {
    private static final long MIB = 1L << 20;
    private static final int[] AGENT_STRIDES = {1, 1, 7, 40, 1_100};
    private static final int[] FRAMEWORK_STRIDES = {1, 1, 40, 70};

    final Random random;
    final NaiveAllocator naive;
    final List<String> log = new ArrayList<>();
    Allocator allocator;
    long nowMs = 1;
    private final int maxAgents;
    private final int maxFrameworks;
    private final int agentStride;
    private final int frameworkStride;
    private final int customKind;

    RandomEvents(long seed, Allocator allocator, NaiveAllocator naive) {
        this.random = new Random(seed);
        this.allocator = allocator;
        this.naive = naive;
        this.agentStride = AGENT_STRIDES[random.nextInt(AGENT_STRIDES.length)];
        this.frameworkStride = FRAMEWORK_STRIDES[random.nextInt(FRAMEWORK_STRIDES.length)];
        this.customKind = ResourceKinds.GPUS + random.nextInt(ResourceKinds.MAX_SCALARS - ResourceKinds.GPUS);
        this.maxAgents = 2 + random.nextInt(random.nextInt(10) == 0 ? 40 : 8);
        this.maxFrameworks = 1 + random.nextInt(7);
    }

    int indexBound() {
        return maxAgents * agentStride;
    }

    /** One event that has an effect; what has none in the present state is drawn again. */
    void next() {
        int before = log.size();
        while (log.size() == before) {
            draw();
        }
    }

    private void draw() {
        switch (random.nextInt(24)) {
            case 0 -> role();
            case 1 -> weight();
            case 2, 3 -> addFramework();
            case 4 -> removeFramework();
            case 5 -> activity();
            case 6 -> suppression();
            case 7, 8 -> addAgent();
            case 9 -> changeAgent();
            case 10 -> removeAgent();
            case 11, 12 -> addDemand();
            case 13 -> changeDemand();
            case 14, 15, 16, 17 -> answerOffer();
            case 18, 19, 20 -> endTasks();
            case 21 -> restore();
            case 22 -> filter();
            default -> advance();
        }
    }

    private void role() {
        int role = random.nextInt(5);
        if (!naive.roles.containsKey(role)) {
            long weightMilli = weightMilli();
            note("addRole " + role + " " + weightMilli);
            NaiveAllocator.Role added = new NaiveAllocator.Role();
            added.weightMilli = weightMilli;
            naive.roles.put(role, added);
            allocator.addRole(role, weightMilli);
        } else if (naive.frameworks.values().stream().noneMatch(framework -> framework.role == role)) {
            note("removeRole " + role);
            naive.roles.remove(role);
            allocator.removeRole(role);
        }
    }

    private void weight() {
        Integer role = any(naive.roles);
        if (role != null) {
            long weightMilli = weightMilli();
            note("updateWeight " + role + " " + weightMilli);
            naive.roles.get(role).weightMilli = weightMilli;
            allocator.updateWeight(role, weightMilli);
        }
    }

    private void addFramework() {
        int framework = random.nextInt(maxFrameworks) * frameworkStride;
        Integer role = any(naive.roles);
        if (role != null && !naive.frameworks.containsKey(framework)) {
            note("addFramework " + framework + " role " + role);
            NaiveAllocator.Framework added = new NaiveAllocator.Framework();
            added.role = role;
            naive.frameworks.put(framework, added);
            allocator.addFramework(framework, role);
        }
    }

    private void removeFramework() {
        Integer framework = any(naive.frameworks);
        if (framework != null && random.nextInt(3) == 0) {
            for (int agent : naive.agents.keySet()) {
                recoverAll(agent, framework);
            }
            note("removeFramework " + framework);
            naive.frameworks.remove(framework);
            naive.demands.values().removeIf(demand -> demand.framework == framework);
            allocator.removeFramework(framework);
        }
    }

    private void activity() {
        Integer framework = any(naive.frameworks);
        if (framework != null) {
            boolean active = random.nextInt(4) != 0;
            note("active " + framework + " " + active);
            naive.frameworks.get(framework).active = active;
            if (active) {
                allocator.activateFramework(framework);
            } else {
                allocator.deactivateFramework(framework);
            }
        }
    }

    private void suppression() {
        Integer framework = any(naive.frameworks);
        if (framework != null) {
            boolean suppressed = random.nextInt(3) == 0;
            note("suppressed " + framework + " " + suppressed);
            naive.frameworks.get(framework).suppressed = suppressed;
            if (suppressed) {
                allocator.suppress(framework);
            } else {
                naive.frameworks.get(framework).filterEndByAgent.clear();
                allocator.revive(framework);
            }
        }
    }

    private void addAgent() {
        int agent = random.nextInt(maxAgents) * agentStride;
        if (!naive.agents.containsKey(agent)) {
            Resources total = total();
            note("addAgent " + agent + " " + total);
            NaiveAllocator.Agent added = new NaiveAllocator.Agent();
            added.total = NaiveAmounts.of(total);
            naive.agents.put(agent, added);
            allocator.addAgent(agent, total);
        }
    }

    private void changeAgent() {
        Integer agent = any(naive.agents);
        if (agent == null) {
            return;
        }
        if (random.nextBoolean()) {
            boolean active = random.nextInt(4) != 0;
            note("agentActive " + agent + " " + active);
            naive.agents.get(agent).active = active;
            allocator.setAgentActive(agent, active);
        } else {
            Resources total = total();
            note("updateTotal " + agent + " " + total);
            naive.agents.get(agent).total = NaiveAmounts.of(total);
            allocator.updateTotal(agent, total);
        }
    }

    private void removeAgent() {
        Integer agent = any(naive.agents);
        if (agent != null && random.nextInt(3) == 0) {
            for (int framework : naive.frameworks.keySet()) {
                recoverAll(agent, framework);
            }
            note("removeAgent " + agent);
            naive.agents.remove(agent);
            naive.frameworks.values().forEach(framework -> framework.filterEndByAgent.remove(agent));
            allocator.removeAgent(agent);
        }
    }

    private void addDemand() {
        int index = random.nextInt(12);
        Integer framework = any(naive.frameworks);
        if (framework == null || naive.demands.containsKey(index)) {
            return;
        }
        NaiveAllocator.Demand demand = new NaiveAllocator.Demand();
        demand.framework = framework;
        demand.sequence = random.nextInt(4);
        demand.perTask = task();
        demand.ports = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
        demand.waiting = random.nextInt(6);
        if (demand.perTask.isEmpty() && demand.ports == 0) {
            return;
        }
        note("addDemand " + index + " of " + framework + " " + demand.perTask + " ports " + demand.ports + " x"
                + demand.waiting);
        naive.demands.put(index, demand);
        allocator.addDemand(index, framework, demand.sequence, demand.perTask, demand.ports, demand.waiting);
    }

    private void changeDemand() {
        Integer index = any(naive.demands);
        if (index == null) {
            return;
        }
        NaiveAllocator.Demand demand = naive.demands.get(index);
        int choice = random.nextInt(3);
        int tasks = choice == 1 ? random.nextInt(demand.waiting + 1) : random.nextInt(5);
        note("changeDemand " + index + " choice " + choice + " tasks " + tasks);
        if (choice == 0) {
            demand.waiting += tasks;
            allocator.growDemand(index, tasks);
        } else if (choice == 1) {
            demand.waiting -= tasks;
            allocator.reduceDemand(index, tasks);
        } else {
            naive.demands.remove(index);
            allocator.removeDemand(index);
        }
    }

    private void answerOffer() {
        Integer agent = any(naive.agents);
        Integer framework = agent == null ? null : any(naive.agents.get(agent).offeredByFramework);
        if (framework == null) {
            return;
        }
        NaiveAllocator.Agent where = naive.agents.get(agent);
        Resources offered = where.offeredByFramework.get(framework).toResources();
        if (random.nextBoolean()) {
            Resources used = partOf(offered);
            note("use " + agent + " of " + framework + " " + used);
            naive.take(where.offeredByFramework, framework, used);
            naive.give(where.usedByFramework, framework, used);
            allocator.use(agent, framework, used);
            offered.subtract(used);
        }
        if (random.nextInt(4) != 0) {
            if (random.nextBoolean()) {
                filter(framework, agent);
            }
            recover(agent, framework, random.nextInt(4) == 0 ? partOf(offered) : offered, Account.OFFERED);
        }
    }

    private void endTasks() {
        Integer agent = any(naive.agents);
        Integer framework = agent == null ? null : any(naive.agents.get(agent).usedByFramework);
        if (framework != null) {
            Resources used =
                    naive.agents.get(agent).usedByFramework.get(framework).toResources();
            recover(agent, framework, random.nextBoolean() ? partOf(used) : used, Account.USED);
        }
    }

    private void restore() {
        Integer agent = any(naive.agents);
        Integer framework = any(naive.frameworks);
        if (agent == null || framework == null) {
            return;
        }
        NaiveAllocator.Agent where = naive.agents.get(agent);
        Resources resources = task();
        NaiveAmounts allocated = where.allocated();
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            for (int number = 0; number <= NaiveAmounts.MAX_NUMBER; number++) {
                if ((allocated.numbers[kind] & 1L << number) != 0) {
                    resources.range(kind).remove(number, number);
                }
            }
        }
        if (resources.isEmpty()) {
            return;
        }
        boolean isUsed = random.nextInt(3) != 0;
        note("restore " + (isUsed ? "used " : "offered ") + agent + " of " + framework + " " + resources);
        naive.give(isUsed ? where.usedByFramework : where.offeredByFramework, framework, resources);
        if (isUsed) {
            allocator.addUsed(agent, framework, resources);
        } else {
            allocator.addOffered(agent, framework, resources);
        }
    }

    private void filter() {
        Integer agent = any(naive.agents);
        Integer framework = any(naive.frameworks);
        if (agent != null && framework != null) {
            filter(framework, agent);
        }
    }

    private void filter(int framework, int agent) {
        long untilMs = nowMs + random.nextInt(20);
        note("filter " + framework + " on " + agent + " until " + untilMs);
        naive.frameworks.get(framework).filterEndByAgent.merge(agent, untilMs, Math::max);
        if (!allocator.filter(framework, agent, untilMs)) {
            throw new AssertionError("no room for a filter");
        }
    }

    private void advance() {
        nowMs += random.nextInt(8);
        note("advance to " + nowMs);
        if (random.nextBoolean()) {
            naive.expire(nowMs);
            allocator.advanceTime(nowMs);
        }
    }

    private void recoverAll(int agent, int framework) {
        NaiveAllocator.Agent where = naive.agents.get(agent);
        if (where.offeredByFramework.containsKey(framework)) {
            recover(agent, framework, where.offeredByFramework.get(framework).toResources(), Account.OFFERED);
        }
        if (where.usedByFramework.containsKey(framework)) {
            recover(agent, framework, where.usedByFramework.get(framework).toResources(), Account.USED);
        }
    }

    private void recover(int agent, int framework, Resources resources, Account from) {
        note("recover " + from + " " + agent + " of " + framework + " " + resources);
        NaiveAllocator.Agent where = naive.agents.get(agent);
        if (from == Account.OFFERED) {
            naive.take(where.offeredByFramework, framework, resources);
            allocator.recoverOffered(agent, framework, resources);
        } else {
            naive.take(where.usedByFramework, framework, resources);
            allocator.recoverUsed(agent, framework, resources);
        }
    }

    private Resources total() {
        Resources total = Resources.of(1_000L * random.nextInt(5), 64 * MIB * random.nextInt(5), random.nextInt(3));
        if (random.nextInt(3) == 0) {
            total.scalar(customKind, random.nextInt(4));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            int begin = random.nextInt(12);
            total.addRange(random.nextInt(4) == 0 ? 1 : ResourceKinds.PORTS, begin, begin + random.nextInt(5));
        }
        return total;
    }

    private Resources task() {
        Resources task = Resources.of(500L * random.nextInt(4), 32 * MIB * random.nextInt(4), random.nextInt(8) / 7);
        if (random.nextInt(5) == 0) {
            task.scalar(customKind, random.nextInt(2));
        }
        if (random.nextInt(5) == 0) {
            int begin = random.nextInt(12);
            task.addRange(random.nextInt(4) == 0 ? 1 : ResourceKinds.PORTS, begin, begin + random.nextInt(2));
        }
        return task;
    }

    private Resources partOf(Resources whole) {
        Resources part = new Resources();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long half = whole.scalar(kind) / 2;
            part.scalar(kind, random.nextBoolean() ? half : whole.scalar(kind));
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            whole.range(kind)
                    .copyLowestMissing(random.nextInt((int) whole.range(kind).count() + 1), part.range(kind));
        }
        return part;
    }

    private long weightMilli() {
        return 500L * (1 + random.nextInt(6));
    }

    private <V> Integer any(Map<Integer, V> map) {
        if (map.isEmpty()) {
            return null;
        }
        int skipped = random.nextInt(map.size());
        for (Map.Entry<Integer, V> entry : map.entrySet()) {
            if (skipped-- == 0) {
                return entry.getKey();
            }
        }
        throw new AssertionError("not reached");
    }

    private void note(String event) {
        log.add(event);
    }
}
