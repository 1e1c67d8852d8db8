package io.kernos.isolation;

/**
 * What became of an order to a {@link Containerizer}.
 */
public enum LaunchOutcome {
    /** It is on its way: exactly one of started or failed will be told by {@link Containerizer#poll}. */
    ACCEPTED,
    /** Nothing was done, for the supervisor has not yet read what was sent before: try again in a later cycle. */
    BACK_PRESSURED,
    /** Nothing was done, for there is no supervisor: call {@link Containerizer#recover()}. */
    NOT_CONNECTED,
    /** Nothing was done, for a container of that key is known and was not acknowledged. */
    DUPLICATE
}
