package io.kernos.master.store;

import io.kernos.master.state.StateContext;
import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.OfferRecordDecoder;
import io.kernos.transport.codecs.RoleRecordDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TemplateRecordDecoder;

/** Kinds of objects in the store: each has a map in a file of its own. */
enum RecordKind {
    /** Roles and their weights. */
    ROLES(RoleRecordDecoder.TEMPLATE_ID, 64),
    /** Frameworks that are known to the master. */
    FRAMEWORKS(FrameworkRecordDecoder.TEMPLATE_ID, 160),
    /** Agents that are known to the master. */
    AGENTS(AgentRecordDecoder.TEMPLATE_ID, 384),
    /** Tasks that are placed and not done with. */
    TASKS(TaskRecordDecoder.TEMPLATE_ID, 192),
    /** Templates of tasks. */
    TEMPLATES(TemplateRecordDecoder.TEMPLATE_ID, 384),
    /** Offers that are out. */
    OFFERS(OfferRecordDecoder.TEMPLATE_ID, 160),
    /** Submits with tasks that wait to be placed. */
    DEMANDS(DemandRecordDecoder.TEMPLATE_ID, 64),
    /** Tasks that are done with, the newest ones; each value begins with its number in the history. */
    HISTORY(RecordKind.NO_TEMPLATE, 200);

    private static final int NO_TEMPLATE = 0;
    private static final RecordKind[] LIVE = {ROLES, FRAMEWORKS, AGENTS, TASKS, TEMPLATES, OFFERS, DEMANDS};

    private final int templateId;
    private final int averageBytes;

    RecordKind(int templateId, int averageBytes) {
        this.templateId = templateId;
        this.averageBytes = averageBytes;
    }

    /** The kind whose records have this template id, or null. */
    static RecordKind of(int templateId) {
        for (RecordKind kind : LIVE) {
            if (kind.templateId == templateId) {
                return kind;
            }
        }
        return null;
    }

    /** Name of the map's file. */
    String fileName() {
        return switch (this) {
            case ROLES -> "roles";
            case FRAMEWORKS -> "frameworks";
            case AGENTS -> "agents";
            case TASKS -> "tasks";
            case TEMPLATES -> "templates";
            case OFFERS -> "offers";
            case DEMANDS -> "demands";
            case HISTORY -> "history";
        };
    }

    /** What a value is expected to take, in bytes; larger ones take the room of several. */
    int averageBytes() {
        return averageBytes;
    }

    /** Most entries that its map must hold. */
    long maxEntries(StoreContext context) {
        StateContext limits = context.limits();
        return switch (this) {
            case ROLES -> limits.maxRoles();
            case FRAMEWORKS -> limits.maxFrameworks();
            case AGENTS -> limits.maxAgents();
            case TASKS -> limits.maxTasks();
            case TEMPLATES -> limits.maxTemplates();
            case OFFERS -> limits.maxOffers();
            case DEMANDS -> limits.maxDemands();
            case HISTORY -> context.historyCapacity();
        };
    }
}
