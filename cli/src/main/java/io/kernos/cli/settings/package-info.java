/**
 * Settings of the processes that stay: master, relay and agent. One catalogue for each tells the name, meaning, unit,
 * range and default; the flags of the commands, the check of settings files, the errors and the tables in
 * docs/operations.md are all made from it.
 *
 * <p>A settings file has the syntax of {@link java.util.Properties} in UTF-8, and names like {@code master.memberId}:
 * one file may serve all processes of a machine. A flag is the same name in lower case with dashes,
 * {@code --member-id}, and goes before the file.
 */
package io.kernos.cli.settings;
