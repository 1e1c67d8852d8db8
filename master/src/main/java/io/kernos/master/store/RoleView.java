package io.kernos.master.store;

/**
 * A role.
 *
 * @param name        of the role.
 * @param weightMilli its weight in thousandths.
 * @param roleIndex   the master's number for it.
 */
public record RoleView(String name, long weightMilli, int roleIndex) {}
