package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.Limits;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.ResourceKind;
import io.kernos.transport.SettingException;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RegisterTemplateDecoder;
import java.util.Collections;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTemplateTest {
    @Test
    void shouldEncodeAllOfItWhenTold() {
        TaskTemplate template = TaskTemplate.builder()
                .name("render")
                .command("/bin/sh", "-c", "exit 3")
                .environment("A", "1")
                .environment("B", "zwei ü")
                .cpusMilli(250)
                .memoryBytes(64 << 20)
                .diskBytes(1 << 30)
                .portCount(2)
                .isolation(Set.of(TaskTemplate.Isolation.PID, TaskTemplate.Isolation.NET))
                .killGraceMs(700)
                .build();

        UnsafeBuffer message = new UnsafeBuffer(template.encode(5, 3, 9));
        assertEquals(MessageCheck.OK, MessageCheck.check(message, 0, message.capacity()));
        RegisterTemplateDecoder decoder =
                new RegisterTemplateDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        assertEquals(5, decoder.correlationId());
        assertEquals(3, decoder.frameworkId());
        assertEquals(9, decoder.templateId());
        assertEquals(2, decoder.portCount());
        assertEquals(700, decoder.killGraceMs());
        assertTrue(decoder.isolation().pid() && decoder.isolation().net());
        assertFalse(decoder.isolation().mount()
                || decoder.isolation().uts()
                || decoder.isolation().ipc());
        RegisterTemplateDecoder.ScalarsDecoder scalars = decoder.scalars();
        assertEquals(3, scalars.count());
        assertEquals(ResourceKind.CPUS, scalars.next().kind());
        assertEquals(250, scalars.amount());
        assertEquals(64 << 20, scalars.next().amount());
        assertEquals(1 << 30, scalars.next().amount());
        RegisterTemplateDecoder.ArgumentsDecoder arguments = decoder.arguments();
        assertEquals("/bin/sh", arguments.next().value());
        assertEquals("-c", arguments.next().value());
        assertEquals("exit 3", arguments.next().value());
        RegisterTemplateDecoder.EnvironmentDecoder variables = decoder.environment();
        assertEquals("A", variables.next().name());
        assertEquals("1", variables.value());
        assertEquals("B", variables.next().name());
        assertEquals("zwei ü", variables.value());
        assertEquals("render", decoder.name());
    }

    @Test
    void shouldBeNamedAfterItsCommandWhenNotNamed() {
        assertEquals("true", TaskTemplate.builder().command("/bin/true").build().name());
        assertEquals("true", TaskTemplate.builder().command("true").build().name());
    }

    @Test
    void shouldNameTheSettingAndTheRemedyWhenWrong() {
        assertWrong("command=[]: name a program", TaskTemplate.builder());
        assertWrong("command=[]: the program", TaskTemplate.builder().command(""));
        assertWrong("command=a\\0b: must not hold a NUL", TaskTemplate.builder().command("x", "a\0b"));
        assertWrong(
                "cpusMilli=0: use at least 1",
                TaskTemplate.builder().command("x").cpusMilli(0));
        assertWrong(
                "memoryBytes=-5: use at least 1",
                TaskTemplate.builder().command("x").memoryBytes(-5));
        assertWrong("diskBytes=-1: use 0", TaskTemplate.builder().command("x").diskBytes(-1));
        assertWrong("gpusMilli=-1: use 0", TaskTemplate.builder().command("x").gpusMilli(-1));
        assertWrong("portCount=-1: use 0", TaskTemplate.builder().command("x").portCount(-1));
        assertWrong(
                "portCount=257: use at most 256",
                TaskTemplate.builder().command("x").portCount(257));
        assertWrong(
                "killGraceMs=86400001: use at most a day",
                TaskTemplate.builder().command("x").killGraceMs(86_400_001));
        assertWrong("killGraceMs=-1: use 0", TaskTemplate.builder().command("x").killGraceMs(-1));
        assertWrong(
                "environment=A=B: a name", TaskTemplate.builder().command("x").environment("A=B", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {Limits.MAX_STRING_BYTES, 1})
    void shouldTakeArgumentsUpToTheLimit(int length) {
        TaskTemplate.builder().command("x".repeat(length)).build();
    }

    @Test
    void shouldRejectWhatIsLongerThanTheLimits() {
        String tooLong = "x".repeat(Limits.MAX_STRING_BYTES + 1);
        assertWrong(
                "is 8193 bytes long, use at most 8192", TaskTemplate.builder().command("x", tooLong));
        assertWrong("use at most 4096 entries", TaskTemplate.builder().command(Collections.nCopies(4_097, "x")));
        assertWrong(
                "bytes in all, at most 30720: put long arguments in a file",
                TaskTemplate.builder().command(Collections.nCopies(4, "x".repeat(7_800))));
    }

    private static void assertWrong(String words, TaskTemplate.Builder builder) {
        String message = assertThrows(SettingException.class, builder::build).getMessage();
        assertTrue(message.contains(words), message);
    }
}
