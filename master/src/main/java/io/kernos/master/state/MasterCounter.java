package io.kernos.master.state;

import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskState;

/**
 * What the master counts. A counter is either a total, which only grows, or a level, which says how many there are now.
 */
public enum MasterCounter {
    /** Messages applied, good and bad. */
    MESSAGES("messages received"),
    /** Messages refused, for whatever reason. */
    MESSAGES_REFUSED("messages refused"),
    /** Messages shorter than they say. */
    REFUSED_TRUNCATED("refused: truncated"),
    /** Messages of another protocol. */
    REFUSED_UNKNOWN_SCHEMA("refused: unknown schema"),
    /** Messages of no known kind. */
    REFUSED_UNKNOWN_TEMPLATE("refused: unknown template"),
    /** Messages of a version that is too old or too new. */
    REFUSED_UNSUPPORTED_VERSION("refused: unsupported version"),
    /** Messages, texts or lists that are too long. */
    REFUSED_TOO_LONG("refused: too long"),
    /** Messages with a field that its type does not allow. */
    REFUSED_MALFORMED("refused: malformed"),
    /** Messages with a value out of its range. */
    REFUSED_INVALID_VALUE("refused: invalid value"),
    /** Messages that would go beyond a limit. */
    REFUSED_LIMIT_REACHED("refused: limit reached"),
    /** Messages of a framework whose session this is not. */
    REFUSED_NOT_SUBSCRIBED("refused: not subscribed"),
    /** Messages that name a framework which is not there. */
    REFUSED_UNKNOWN_FRAMEWORK("refused: unknown framework"),
    /** Messages that name a template which was never registered. */
    REFUSED_UNKNOWN_TEMPLATE_OF_TASKS("refused: unknown template of tasks"),
    /** Messages that would make again what exists. */
    REFUSED_ALREADY_EXISTS("refused: already exists"),
    /** Messages that name a task which is not there. */
    REFUSED_UNKNOWN_TASK("refused: unknown task"),
    /** Messages that name an agent's connection which is not there. */
    REFUSED_UNKNOWN_AGENT("refused: unknown agent"),
    /** Messages that this party may not send. */
    REFUSED_WRONG_DIRECTION("refused: wrong direction"),

    /** Sessions that are open. */
    SESSIONS("sessions now"),
    /** Relays that are connected. */
    RELAYS("relays now"),
    /** Frameworks that are connected. */
    FRAMEWORKS_ACTIVE("frameworks active now"),
    /** Frameworks that wait for their failover timeout. */
    FRAMEWORKS_DISCONNECTED("frameworks disconnected now"),
    /** Frameworks that joined anew. */
    FRAMEWORKS_SUBSCRIBED("frameworks subscribed"),
    /** Frameworks that came back. */
    FRAMEWORKS_FAILED_OVER("frameworks failed over"),
    /** Frameworks that left for good. */
    FRAMEWORKS_COMPLETED("frameworks completed"),
    /** Agents that are connected and offered. */
    AGENTS_ACTIVE("agents active now"),
    /** Agents that are connected and have not told all their tasks. */
    AGENTS_REGISTERING("agents registering now"),
    /** Agents that wait for their timeout. */
    AGENTS_DISCONNECTED("agents disconnected now"),
    /** Agents that registered for the first time. */
    AGENTS_REGISTERED("agents registered"),
    /** Agents that registered again. */
    AGENTS_REREGISTERED("agents registered again"),
    /** Agents that did not come back in time. */
    AGENTS_REMOVED("agents removed"),
    /** Agents whose registration was refused. */
    AGENTS_REFUSED("agents refused"),

    /** Offers that are out. */
    OFFERS_OUTSTANDING("offers outstanding now"),
    /** Offers made. */
    OFFERS_MADE("offers made"),
    /** Offers accepted. */
    OFFERS_ACCEPTED("offers accepted"),
    /** Offers declined. */
    OFFERS_DECLINED("offers declined"),
    /** Offers taken back. */
    OFFERS_RESCINDED("offers rescinded"),

    /** Templates that are registered. */
    TEMPLATES("templates now"),
    /** Tasks that wait to be placed. */
    TASKS_PENDING("tasks pending now"),
    /** Tasks that are placed and not final. */
    TASKS_LIVE("tasks live now"),
    /** Tasks that are final and wait for their last acknowledgement. */
    TASKS_UNACKNOWLEDGED("tasks final, unacknowledged now"),
    /** Tasks submitted. */
    TASKS_SUBMITTED("tasks submitted"),
    /** Tasks launched from a submit or an offer. */
    TASKS_LAUNCHED("tasks launched"),
    /** Tasks that ended well. */
    TASKS_FINISHED("tasks finished"),
    /** Tasks that ended badly by themselves. */
    TASKS_FAILED("tasks failed"),
    /** Tasks that were killed. */
    TASKS_KILLED("tasks killed"),
    /** Tasks whose description was wrong. */
    TASKS_ERROR("tasks in error"),
    /** Tasks whose end is not known. */
    TASKS_LOST("tasks lost"),
    /** Tasks that never were launched. */
    TASKS_DROPPED("tasks dropped"),
    /** Tasks whose agent was removed. */
    TASKS_GONE("tasks gone"),
    /** Finished tasks that the state store took too long to take: the history does not have them. */
    TASKS_UNRECORDED("tasks left out of the history"),
    /** Reports of agents about tasks. */
    STATUSES("task statuses received"),
    /** Reports that brought nothing new. */
    STATUSES_REPEATED("task statuses repeated"),
    /** Updates sent to frameworks. */
    UPDATES("task updates sent"),
    /** Updates acknowledged. */
    UPDATES_ACKNOWLEDGED("task updates acknowledged");

    private final String label;

    MasterCounter(String label) {
        this.label = label;
    }

    /**
     * What the counter is called where people read it.
     *
     * @return a few words; those of a level end in "now".
     */
    public String label() {
        return label;
    }

    /**
     * The counter of a code of refusal.
     *
     * @param code of the refusal.
     * @return its counter.
     */
    public static MasterCounter ofRefusal(RefusalCode code) {
        return switch (code) {
            case TRUNCATED -> REFUSED_TRUNCATED;
            case UNKNOWN_SCHEMA -> REFUSED_UNKNOWN_SCHEMA;
            case UNKNOWN_TEMPLATE -> REFUSED_UNKNOWN_TEMPLATE;
            case UNSUPPORTED_VERSION -> REFUSED_UNSUPPORTED_VERSION;
            case TOO_LONG -> REFUSED_TOO_LONG;
            case MALFORMED, NULL_VAL -> REFUSED_MALFORMED;
            case INVALID_VALUE -> REFUSED_INVALID_VALUE;
            case LIMIT_REACHED -> REFUSED_LIMIT_REACHED;
            case NOT_SUBSCRIBED -> REFUSED_NOT_SUBSCRIBED;
            case UNKNOWN_FRAMEWORK -> REFUSED_UNKNOWN_FRAMEWORK;
            case UNKNOWN_TEMPLATE_OF_TASKS -> REFUSED_UNKNOWN_TEMPLATE_OF_TASKS;
            case ALREADY_EXISTS -> REFUSED_ALREADY_EXISTS;
            case UNKNOWN_TASK -> REFUSED_UNKNOWN_TASK;
            case UNKNOWN_AGENT -> REFUSED_UNKNOWN_AGENT;
            case WRONG_DIRECTION -> REFUSED_WRONG_DIRECTION;
        };
    }

    /**
     * The counter of tasks that ended in a state.
     *
     * @param state a final one.
     * @return its counter, or null where the state is not final.
     */
    public static MasterCounter ofFinal(TaskState state) {
        return switch (state) {
            case FINISHED -> TASKS_FINISHED;
            case FAILED -> TASKS_FAILED;
            case KILLED -> TASKS_KILLED;
            case ERROR -> TASKS_ERROR;
            case LOST -> TASKS_LOST;
            case DROPPED -> TASKS_DROPPED;
            case GONE -> TASKS_GONE;
            default -> null;
        };
    }
}
