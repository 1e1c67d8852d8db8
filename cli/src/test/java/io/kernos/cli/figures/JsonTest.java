package io.kernos.cli.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void shouldWriteEachKindOfValue() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("number", 1);
        map.put("fraction", 0.5);
        map.put("none", Double.NaN);
        map.put("flag", true);
        map.put("nothing", null);
        map.put("list", Arrays.asList("a", 2, null, List.of()));
        map.put("map", Map.of());
        assertEquals(
                "{\"number\":1,\"fraction\":0.5,\"none\":null,\"flag\":true,\"nothing\":null,"
                        + "\"list\":[\"a\",2,null,[]],\"map\":{}}",
                Json.of(map));
    }

    @Test
    void shouldEscapeWhatTextMustNotHold() {
        assertEquals(
                "\"a\\\"b\\\\c\\n\\r\\t\\u0001\u00e9\ud83d\ude00\"", Json.of("a\"b\\c\n\r\t\u0001\u00e9\ud83d\ude00"));
        assertEquals("\"\\ud83d\"", Json.of("\ud83d"));
    }
}
