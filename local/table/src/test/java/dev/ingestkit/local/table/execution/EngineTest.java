package dev.ingestkit.local.table.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.table.engine.BatchGet;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.IdempotencyToken;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.engine.Written;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EngineTest {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final ManualClock clock = new ManualClock();
    private final List<TableListener.ItemEvent> events = new ArrayList<>();
    private final Engine engine = new Engine(new MemoryStore(), clock, new TableListener() {
        @Override
        public void beforeWrite(String action, String table, Item key) {
            if (key.toString().contains("faulty")) {
                throw TableException.of("ProvisionedThroughputExceededException", "injected");
            }
        }

        @Override
        public void onWrite(ItemEvent event) {
            events.add(event);
        }
    });

    @BeforeEach
    void createTable() {
        engine.tables().create(Fixture.table(List.of(Fixture.BY_G, Fixture.BY_R), null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'p':{'S':'a'}} | " + INVALID + "Missing the key s in the item",
                "{'p':{'N':'1'},'s':{'N':'1'}} | " + INVALID + "Type mismatch for key p expected: S actual: N",
                "{'p':{'S':''},'s':{'N':'1'}} | One or more parameter values are not valid. The AttributeValue for a"
                        + " key attribute cannot contain an empty string value. Key: p",
                "{'p':{'S':'a'},'s':{'N':'1'},'g':{'N':'1'}} | " + INVALID
                        + "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g",
                "{'p':{'S':'a'},'s':{'N':'1'},'g':{'S':''}} | One or more parameter values are not valid. A value"
                        + " specified for a secondary index key is not supported. The AttributeValue for a key attribute"
                        + " cannot contain an empty string value. IndexName: by-g, IndexKey: g",
            })
    void putsThatDoNotFitTheTableAreRefused(String json, String message) {
        Item item = Fixture.item(json.replace('"', '\''));
        assertThatThrownBy(() -> engine.write(Fixture.put(item))).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'p':{'S':'a'}}", "{'p':{'S':'a'},'s':{'S':'1'}}", "{'p':{'S':'a'},'s':{'N':'1'},'x':{'N':'1'}}"})
    void keysThatDoNotFitTheTableAreRefused(String json) {
        Item key = Fixture.item(json.replace('"', '\''));
        String message = "The provided key element does not match the schema";
        assertThatThrownBy(() -> engine.get(new GetRequest(Fixture.TABLE, key, true)))
                .hasMessage(message);
        assertThatThrownBy(() -> engine.write(Fixture.delete(key))).hasMessage(message);
    }

    @Test
    void keysHaveLimits() {
        engine.write(Fixture.put(Fixture.item("p".repeat(2048), 1, 1)));
        assertThatThrownBy(() -> engine.write(Fixture.put(Fixture.item("p".repeat(2049), 1, 1))))
                .hasMessage(INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }

    @Test
    void aTransactionHoldsFourMegabytesAtMost() {
        List<WriteRequest> puts = new ArrayList<>();
        List<GetRequest> gets = new ArrayList<>();
        for (int number = 0; number < 11; number++) {
            String text = "x".repeat(400_000);
            puts.add(Fixture.put(Fixture.item("{'p':{'S':'a'},'s':{'N':'" + number + "'},'x':{'S':'" + text + "'}}")));
            gets.add(new GetRequest(Fixture.TABLE, Fixture.key("a", number), true));
        }
        String refusal = "The aggregate size of the items in the transaction exceeds the limit of 4 MB";
        assertThatThrownBy(() -> engine.transactWrite(puts, null)).hasMessageContaining(refusal);
        assertThat(engine.get(gets.get(0)).item()).as("nothing is written").isNull();
        engine.transactWrite(puts.subList(0, 10), null);
        engine.write(puts.get(10));
        assertThatThrownBy(() -> engine.transactGet(gets)).hasMessageContaining(refusal);
        assertThat(engine.transactGet(gets.subList(0, 10))).hasSize(10);
        engine.transactWrite(gets.stream().map(get -> Fixture.delete(get.key())).toList(), null);
        assertThat(engine.get(gets.get(0)).item()).isNull();
    }

    @Test
    void itemsHaveALimitToTheByte() {
        Item small = Fixture.item("a", 1, 0);
        int room = Item.MAX_SIZE - small.size() - 1;
        String start = "{'p':{'S':'a'},'s':{'N':'1'},'v':{'N':'0'},'x':{'S':'";
        Item largest = Fixture.item(start + "x".repeat(room) + "'}}");
        assertThat(largest.size()).isEqualTo(400 * 1024);
        Item tooLarge = Fixture.item(start + "x".repeat(room + 1) + "'}}");
        Written written = engine.write(Fixture.put(largest));
        assertThat(written.consumed().total()).isEqualTo(400);
        assertThatThrownBy(() -> engine.write(Fixture.put(tooLarge)))
                .hasMessage("Item size has exceeded the maximum allowed size");
        assertThatThrownBy(() -> engine.write(Fixture.update(Fixture.key("a", 1), item -> tooLarge)))
                .hasMessage("Item size to update has exceeded the maximum allowed size");
    }

    @Test
    void anUpdateCannotChangeTheKey() {
        assertThatThrownBy(() -> engine.write(Fixture.update(Fixture.key("a", 1), item -> Fixture.item("a", 2, 1))))
                .hasMessage(INVALID + "Cannot update attribute s. This attribute is part of the key");
    }

    @Test
    void pagesEndBehindOneMegabyte() {
        String text = "x".repeat(300_000);
        for (int i = 0; i < 7; i++) {
            engine.write(Fixture.put(Fixture.item("{'p':{'S':'a'},'s':{'N':'" + i + "'},'x':{'S':'" + text + "'}}")));
        }
        ItemPage first = query(null);
        assertThat(first.items()).hasSize(4);
        assertThat(first.lastKey()).isEqualTo(Fixture.key("a", 3));
        assertThat(first.consumed().tableUnits()).isEqualTo(146.5);
        ItemPage second = query(first.lastKey());
        assertThat(second.items()).hasSize(3);
        assertThat(second.lastKey()).isNull();
    }

    private ItemPage query(@Nullable Item start) {
        KeyCondition keys = new KeyCondition(Value.of("a"), null, null, null);
        return engine.query(
                new QueryRequest(Fixture.TABLE, null, keys, true, new Page(null, start), null, false, false));
    }

    @Test
    void startKeysAreChecked() {
        assertThatThrownBy(() -> query(Fixture.item("{'p':{'S':'a'}}")))
                .hasMessage("The provided starting key is invalid");
        assertThatThrownBy(() -> query(Fixture.item("{'p':{'S':'a'},'s':{'S':'1'}}")))
                .hasMessage("The provided starting key is invalid: "
                        + "The provided key element does not match the schema");
        assertThatThrownBy(() -> query(Fixture.key("b", 1)))
                .hasMessage("The provided starting key is outside query boundaries based on provided conditions");
    }

    @Test
    void aBatchGetStopsAtSixteenMegabytes() {
        String text = "x".repeat(390_000);
        List<Item> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            keys.add(Fixture.key("a", i));
            engine.write(Fixture.put(Fixture.item("{'p':{'S':'a'},'s':{'N':'" + i + "'},'x':{'S':'" + text + "'}}")));
        }
        BatchGet.Result result = engine.batchGet(List.of(new BatchGet(Fixture.TABLE, keys, false)))
                .get(0);
        assertThat(result.items()).hasSize(43);
        assertThat(result.unprocessed()).isEqualTo(keys.subList(43, 60));
    }

    @Test
    void indexesConsumeUnitsForTheirChanges() {
        String g = "{'p':{'S':'a'},'s':{'N':'1'},'g':{'S':'%s'},'r':{'N':'1'},'v':{'N':'%d'}}";
        Consumed put =
                engine.write(Fixture.put(Fixture.item(g.formatted("x", 1)))).consumed();
        assertThat(put.globalIndexes()).isEqualTo(Map.of("by-g", 1.0));
        assertThat(put.localIndexes()).isEqualTo(Map.of("by-r", 1.0));
        assertThat(put.total()).isEqualTo(3);
        Consumed same =
                engine.write(Fixture.put(Fixture.item(g.formatted("x", 1)))).consumed();
        assertThat(same.total()).isOne();
        Consumed moved =
                engine.write(Fixture.put(Fixture.item(g.formatted("y", 1)))).consumed();
        assertThat(moved.globalIndexes()).isEqualTo(Map.of("by-g", 2.0));
        assertThat(moved.localIndexes()).isEmpty();
        Consumed transaction = engine.transactWrite(List.of(Fixture.delete(Fixture.key("a", 1))), null)
                .get(0);
        assertThat(transaction.tableUnits()).isEqualTo(2);
        assertThat(transaction.globalIndexes()).isEqualTo(Map.of("by-g", 2.0));
    }

    @Test
    void aLocalIndexReadsMissingAttributesFromTheTable() {
        engine.write(Fixture.put(Fixture.item("{'p':{'S':'a'},'s':{'N':'1'},'r':{'N':'1'},'v':{'N':'7'},'other':{'S':'"
                + "x".repeat(9_000) + "'}}")));
        KeyCondition keys = new KeyCondition(Value.of("a"), null, null, null);
        ItemPage projected =
                engine.query(new QueryRequest(Fixture.TABLE, "by-r", keys, true, Page.FIRST, null, true, false));
        assertThat(projected.items().get(0).get("other")).isNull();
        assertThat(projected.consumed().localIndexes()).isEqualTo(Map.of("by-r", 1.0));
        ItemPage whole =
                engine.query(new QueryRequest(Fixture.TABLE, "by-r", keys, true, Page.FIRST, null, true, true));
        assertThat(whole.items().get(0).get("other")).isNotNull();
        assertThat(whole.consumed().tableUnits()).isEqualTo(3);
        assertThat(engine.itemCollectionSize(Fixture.TABLE, Fixture.key("a", 1)))
                .isBetween(9_000L, 9_100L);
    }

    @Test
    void tablesAreDistinguished() {
        assertThatThrownBy(() -> engine.tables().create(Fixture.plain()))
                .hasMessage("Table already exists: " + Fixture.TABLE);
        engine.write(Fixture.put(Fixture.item("a", 1, 1)));
        engine.tables().delete(Fixture.TABLE);
        assertThatThrownBy(() -> engine.write(Fixture.put(Fixture.item("a", 1, 1))))
                .hasMessage("Requested resource not found");
        KeyAttribute onlyKey = new KeyAttribute("p", ValueType.S);
        IndexDefinition index = Fixture.index("by-g", true, new KeySchema(Fixture.G, null), Projected.ALL, List.of());
        engine.tables()
                .create(new TableDefinition(
                        Fixture.TABLE,
                        new KeySchema(onlyKey, null),
                        List.of(index),
                        null,
                        null,
                        clock.instant(),
                        Item.EMPTY));
        assertThat(engine.tables().volume(Fixture.TABLE, null).items()).isZero();
        assertThat(engine.tables().volume(Fixture.TABLE, "by-g").items()).isZero();
    }

    @Test
    void aTransactionTellsWhyEachOfItsActionsFailed() {
        engine.write(Fixture.put(Fixture.item("a", 1, 1)));
        WriteContext refused = new WriteContext("TransactWriteItems", stored -> false, true);
        List<WriteRequest> requests = List.of(
                Fixture.put(Fixture.item("a", 2, 1)),
                new WriteRequest.Delete(Fixture.TABLE, Fixture.key("a", 1), refused),
                Fixture.update(Fixture.key("a", 3), item -> {
                    throw TableException.validation("no");
                }));
        assertThatThrownBy(() -> engine.transactWrite(requests, null))
                .hasMessage("Transaction cancelled, please refer cancellation reasons for specific reasons"
                        + " [None, ConditionalCheckFailed, ValidationError]");
        assertThat(engine.get(new GetRequest(Fixture.TABLE, Fixture.key("a", 2), true))
                        .item())
                .isNull();
        assertThatThrownBy(() -> engine.transactWrite(
                        List.of(Fixture.put(Fixture.item("{'p':{'S':'a'}}")), Fixture.put(Fixture.item("a", 2, 1))),
                        null))
                .hasMessageEndingWith("[ValidationError, None]");
        assertThatThrownBy(() -> engine.transactWrite(
                        List.of(Fixture.put(Fixture.item("a", 2, 1)), Fixture.delete(Fixture.key("a", 2))), null))
                .hasMessage("Transaction request cannot include multiple operations on one item");
    }

    @Test
    void aTokenMakesATransactionHappenOnceInTenMinutes() {
        List<WriteRequest> request =
                List.of(Fixture.update(Fixture.key("a", 1), item -> Fixture.item("a", 1, item.count() == 2 ? 1 : 2)));
        IdempotencyToken token = new IdempotencyToken("token", "first");
        assertThat(engine.transactWrite(request, token).get(0).reads()).isFalse();
        clock.advance(Duration.ofMinutes(9));
        assertThat(engine.transactWrite(request, token).get(0).reads()).isTrue();
        assertThat(v("a", 1)).isEqualTo("1");
        assertThatThrownBy(() -> engine.transactWrite(request, new IdempotencyToken("token", "second")))
                .isInstanceOfSatisfying(
                        TableException.class,
                        e -> assertThat(e.name()).isEqualTo("IdempotentParameterMismatchException"));
        clock.advance(Duration.ofMinutes(2));
        engine.transactWrite(request, token);
        assertThat(v("a", 1)).isEqualTo("2");
    }

    private String v(String p, int s) {
        Item item = engine.get(new GetRequest(Fixture.TABLE, Fixture.key(p, s), true))
                .item();
        Value value = item == null ? null : item.get("v");
        return value == null ? "" : value.number().toString();
    }

    @Test
    void listenersAreNotifiedOfWritesAndMayRefuseThem() {
        engine.write(Fixture.put(Fixture.item("a", 1, 1)));
        engine.write(Fixture.put(Fixture.item("a", 1, 1)));
        assertThatThrownBy(() -> engine.write(Fixture.put(Fixture.item("a", 1, 2), stored -> false)))
                .hasMessage("The conditional request failed");
        engine.write(Fixture.delete(Fixture.key("a", 1)));
        engine.write(Fixture.delete(Fixture.key("a", 1)));
        assertThat(events)
                .extracting(event -> event.outcome() + " " + event.changed() + " " + event.action())
                .containsExactly(
                        "STORED true PutItem",
                        "STORED false PutItem",
                        "CONDITION_FAILED false PutItem",
                        "DELETED true DeleteItem",
                        "ABSENT false DeleteItem");
        assertThat(events.get(2).oldItem()).isEqualTo(Fixture.item("a", 1, 1));
        assertThatThrownBy(() -> engine.write(Fixture.put(Fixture.item("faulty", 1, 1))))
                .hasMessage("injected");
        assertThat(v("faulty", 1)).isEmpty();
    }
}
