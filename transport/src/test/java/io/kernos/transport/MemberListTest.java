package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberListTest {

    @Test
    void shouldGiveTheFormsThatAeronWantsWhenThereAreMembers() {
        MemberList members = MemberList.of("members", "a:100, b:200");
        assertEquals(2, members.size());
        assertEquals("0=a:100,1=b:200", members.ingressEndpoints());
        assertEquals("0,a:100,a:101,a:102,a:103,a:104|1,b:200,b:201,b:202,b:203,b:204", members.clusterMembers());
        assertEquals("b:204", members.archive(1).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:0", "a:65532", "a:1,", "a:1,a:5", "a:1,b:1,c:1,d:1,e:1,f:1"})
    void shouldNameTheSettingWhenTheListIsNone(String text) {
        SettingException error = assertThrows(SettingException.class, () -> MemberList.of("members", text));
        assertTrue(error.getMessage().startsWith("members="), error.getMessage());
    }
}
