package io.kernos.client;

import io.kernos.transport.codecs.RefusalCode;

/**
 * A message of the framework that the master did not carry out.
 *
 * @param correlationId     what the call that sent it returned, where it returns one; 0: could not be read.
 * @param messageTemplateId which message it was: its template id in the wire's schema.
 * @param code              why.
 * @param message           names the field, the value and the remedy.
 * @param templateId        the template that was refused; 0 for other messages.
 * @param firstTaskId       the first task of a submit that was refused; 0 for other messages.
 * @param taskCount         how many tasks the refused submit had; 0 for other messages.
 */
public record Refusal(
        long correlationId,
        int messageTemplateId,
        RefusalCode code,
        String message,
        int templateId,
        long firstTaskId,
        int taskCount) {}
