package dev.ingestkit.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The behavior of every store. */
interface StoreContract {
    Store open() throws Exception;

    @Test
    default void mapsBehaveLikeSortedMaps() throws Exception {
        try (Store store = open()) {
            Random random = new Random(6);
            NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
            for (int i = 0; i < 5_000; i++) {
                Batch batch = new Batch();
                for (int j = random.nextInt(3); j >= 0; j--) {
                    byte[] key = bytes(random);
                    if (random.nextInt(4) == 0) {
                        batch.remove("m", key);
                        model.remove(key);
                    } else {
                        byte[] value = bytes(random);
                        batch.put("m", key, value);
                        model.put(key, value);
                    }
                }
                store.commit(batch);
                if (i % 50 == 0) {
                    compare(store.map("m"), model, random);
                }
            }
            compare(store.map("m"), model, random);
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(4)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) * 85);
        }
        return bytes;
    }

    private static void compare(OrderedMap map, NavigableMap<byte[], byte[]> model, Random random) {
        assertThat(map.size()).isEqualTo(model.size());
        byte[] from = random.nextBoolean() ? null : bytes(random);
        byte[] to = random.nextBoolean() ? null : bytes(random);
        NavigableMap<byte[], byte[]> expected = model;
        if (from != null && to != null && Arrays.compareUnsigned(from, to) > 0) {
            expected = new TreeMap<>(Arrays::compareUnsigned);
        } else {
            expected = from == null ? expected : expected.tailMap(from, true);
            expected = to == null ? expected : expected.headMap(to, false);
        }
        assertThat(read(map.range(from, to, true))).isEqualTo(text(expected));
        assertThat(read(map.range(from, to, false))).isEqualTo(text(expected.descendingMap()));
        for (int i = 0; i < 10; i++) {
            byte[] key = bytes(random);
            assertThat(map.get(key)).isEqualTo(model.get(key));
        }
    }

    private static List<String> read(ByteCursor cursor) {
        List<String> entries = new ArrayList<>();
        while (cursor.next()) {
            entries.add(Arrays.toString(cursor.key()) + Arrays.toString(cursor.value()));
        }
        return entries;
    }

    private static List<String> text(Map<byte[], byte[]> entries) {
        List<String> texts = new ArrayList<>();
        entries.forEach((key, value) -> texts.add(Arrays.toString(key) + Arrays.toString(value)));
        return texts;
    }

    @Test
    default void cursorsShowTheirMapAsItWas() throws Exception {
        try (Store store = open()) {
            byte[] a = {1};
            byte[] b = {2};
            store.commit(new Batch().put("m", a, a).put("m", b, b));
            ByteCursor cursor = store.map("m").all();
            assertThat(cursor.next()).isTrue();
            store.commit(new Batch().remove("m", a).put("m", b, a).put("m", new byte[] {3}, a));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.value()).isEqualTo(b);
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    default void aDroppedMapIsEmpty() throws Exception {
        try (Store store = open()) {
            byte[] a = {1};
            store.commit(new Batch().put("m", a, a).put("n", a, a));
            assertThat(store.names()).containsExactly("m", "n");
            store.commit(new Batch().drop("m").put("n", new byte[] {2}, a));
            assertThat(store.names()).containsExactly("n");
            assertThat(store.map("m").get(a)).isNull();
            assertThat(store.map("n").size()).isEqualTo(2);
        }
    }
}
