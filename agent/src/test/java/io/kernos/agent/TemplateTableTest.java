package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TemplateTableTest {
    private static final long BYTES = template(1, 1).encoded().length;

    private static TaskTemplate template(long frameworkId, int templateId) {
        UnsafeBuffer message = TestMessages.template(frameworkId, templateId, 0, "/bin/true");
        return TaskTemplate.decode(message, 0, message.capacity());
    }

    private static List<String> names(TemplateTable table) {
        List<String> names = new ArrayList<>();
        table.forEach(template -> names.add(template.frameworkId() + "/" + template.templateId()));
        return names;
    }

    private static TemplateTable filled(int maxCount, long maxBytes) {
        TemplateTable table = new TemplateTable(maxCount, maxBytes);
        table.put(template(1, 1));
        table.put(template(1, 2));
        table.put(template(2, 1));
        table.use(1, 1);
        table.find(1, 2);
        return table;
    }

    @Test
    void shouldForgetThoseNotUsedForLongestWhenThereAreTooMany() {
        TemplateTable table = filled(2, Long.MAX_VALUE);
        assertEquals(List.of("1/2", "2/1", "1/1"), names(table));
        table.trim();
        assertEquals(List.of("2/1", "1/1"), names(table));
        assertNull(table.use(1, 2));
        assertEquals(2, table.size());
    }

    @Test
    void shouldForgetThoseNotUsedForLongestWhenTheyTakeTooMuch() {
        TemplateTable table = filled(100, 3L * BYTES);
        table.trim();
        assertEquals(3, table.size());
        table.put(template(1, 2));
        table.put(template(3, 9));
        table.trim();
        assertEquals(List.of("1/1", "1/2", "3/9"), names(table));
    }

    @Test
    void shouldKeepTheNewestWhenItTakesTooMuchAlone() {
        TemplateTable table = filled(100, 1);
        table.trim();
        assertEquals(List.of("1/1"), names(table));
    }
}
