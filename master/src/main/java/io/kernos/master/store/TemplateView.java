package io.kernos.master.store;

import java.util.List;
import java.util.Map;

/**
 * A template of tasks.
 *
 * @param frameworkId id of its framework.
 * @param templateId  its id, which its framework chose.
 * @param name        its name.
 * @param arguments   the command and its arguments.
 * @param environment the command's environment, in its order.
 * @param scalars     what a task takes.
 * @param portCount   how many ports a task takes.
 * @param killGraceMs how long a task has to end by itself once it is asked to.
 */
public record TemplateView(
        long frameworkId,
        int templateId,
        String name,
        List<String> arguments,
        Map<String, String> environment,
        List<ScalarView> scalars,
        int portCount,
        int killGraceMs) {}
