package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.HeapRoom;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.RuntimeClock;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kinesis Data Streams in memory: one account's streams in one region. Thread-safe. Every action runs on the calling
 * thread, in memory, and does not block; one daemon thread named {@code kinesis} expires records, scales streams and
 * serves subscriptions.
 *
 * <p>Shards enforce AWS's limits unless configured otherwise: 1,000 records and 1 MiB written, 5 calls and 2 MiB read
 * per second, with a burst of one second's worth. A record larger than 1 MiB is accepted when the burst is whole, and
 * the following seconds pay for it. An on-demand stream has the sum of its shards' write limits; it starts with four
 * shards, and a shard that was more than half busy for a minute is split.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html">Kinesis API Reference</a>
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">Quotas and limits</a>
 */
public final class KinesisService implements AwsService, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KinesisService.class);

    /** The payload of PutRecord and PutRecords. */
    private static final Set<String> BLOBS = Set.of("Data");

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    private final StreamRegistry registry;
    private final StreamLocator locator;
    private final ScheduledExecutorService scheduler;
    private final Map<KinesisAction, Function<ServiceRequest, CompletionStage<ServiceResponse>>> handlers =
            new EnumMap<>(KinesisAction.class);

    /**
     * Configuration of the service.
     *
     * @param region the region in ARNs
     * @param accountId the account in ARNs, twelve digits
     * @param limits whether shards reject what exceeds AWS's throughput
     * @param settling the time that a new stream stays CREATING, a changed one UPDATING and a deleted one DELETING;
     *     zero for none
     * @param maxRetainedBytes the bound on the records of all streams together, lower while other data fills the heap.
     *     Beyond it the oldest records are dropped before their retention period ends, journaled as Expired and logged
     *     as a warning
     */
    public record Options(String region, String accountId, boolean limits, Duration settling, long maxRetainedBytes) {

        public Options {
            requireNonNull(region, "region");
            requireNonNull(accountId, "accountId");
            requireNonNull(settling, "settling");
            if (maxRetainedBytes < 1) {
                throw new IllegalArgumentException("maxRetainedBytes must be at least 1: " + maxRetainedBytes);
            }
        }

        /** Returns options without settling and with up to half of this JVM's memory for records. */
        public static Options of(String region, String accountId, boolean limits) {
            return new Options(
                    region,
                    accountId,
                    limits,
                    Duration.ZERO,
                    Runtime.getRuntime().maxMemory() / 2);
        }

        /** Returns these options with another settling time. */
        public Options withSettling(Duration value) {
            return new Options(region, accountId, limits, value, maxRetainedBytes);
        }

        /** Returns these options with another bound on retained records. */
        public Options withMaxRetainedBytes(long value) {
            return new Options(region, accountId, limits, settling, value);
        }
    }

    /**
     * Starts the service without streams.
     *
     * @param clock determines retention, expiry and limits
     * @param journal receives an entry for each record put and for records dropped early
     * @param faults faults to inject into calls
     * @param random generates stream ids and the key of iterators; use one that cannot be predicted where that matters
     */
    public KinesisService(Options options, Clock clock, Journal journal, Faults faults, RandomGenerator random) {
        this(StreamStorage.NONE, options, clock, journal, faults, random);
    }

    /**
     * Starts the service over a store, with the streams and records that the store has.
     *
     * @param store closed by the caller, after this service
     */
    public static KinesisService over(
            Store store, Options options, Clock clock, Journal journal, Faults faults, RandomGenerator random) {
        return new KinesisService(StreamStorage.in(store), options, clock, journal, faults, random);
    }

    /**
     * Starts the service with the streams that a store in memory has, whose records leave the store: they are in memory
     * once, and views of the store have them.
     *
     * @param store closed by the caller, after this service
     */
    public static KinesisService beside(
            MemoryStore store, Options options, Clock clock, Journal journal, Faults faults, RandomGenerator random) {
        return new KinesisService(StreamStorage.beside(store), options, clock, journal, faults, random);
    }

    private KinesisService(
            StreamStorage storage,
            Options options,
            Clock clock,
            Journal journal,
            Faults faults,
            RandomGenerator random) {
        KinesisErrors errors = new KinesisErrors(options.accountId(), options.region());
        KinesisStream.Context context = new KinesisStream.Context(
                clock,
                errors,
                new MemoryBudget(options.maxRetainedBytes(), HeapRoom.ofThisProcess()),
                options.limits(),
                options.settling(),
                storage);
        this.registry = new StreamRegistry(options.accountId(), options.region(), context, journal, random);
        this.locator = new StreamLocator(registry);
        this.scheduler = RuntimeClock.scheduler(clock, "kinesis");
        Tokens tokens = new Tokens(storage.tokenKey(random));
        Resources resources = new Resources(locator, errors);
        handleRecords(journal, faults, tokens);
        handleStreams(tokens);
        handleSettings(resources, storage);
        handleConsumers(resources, tokens, options.limits());
        handleTags(resources);
        var unused = scheduler.scheduleWithFixedDelay(
                this::sweep, SWEEP_INTERVAL.toSeconds(), SWEEP_INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    private void handleRecords(Journal journal, Faults faults, Tokens tokens) {
        PutActions puts = new PutActions(
                registry, locator, journal, new FaultInjector(faults, FaultStage.KINESIS_PUT, scheduler));
        GetActions gets =
                new GetActions(registry, locator, tokens, new FaultInjector(faults, FaultStage.KINESIS_GET, scheduler));
        handlers.put(KinesisAction.PUT_RECORD, puts::putRecord);
        handlers.put(KinesisAction.PUT_RECORDS, puts::putRecords);
        handlers.put(KinesisAction.GET_RECORDS, gets::getRecords);
        on(KinesisAction.GET_SHARD_ITERATOR, gets::getShardIterator);
    }

    private void handleStreams(Tokens tokens) {
        StreamActions streams = new StreamActions(registry, locator, tokens);
        ShardActions shards = new ShardActions(registry, locator);
        on(KinesisAction.CREATE_STREAM, streams::create);
        on(KinesisAction.DELETE_STREAM, streams::delete);
        on(KinesisAction.DESCRIBE_STREAM, streams::describe);
        on(KinesisAction.DESCRIBE_STREAM_SUMMARY, streams::describeSummary);
        on(KinesisAction.DESCRIBE_LIMITS, streams::describeLimits);
        on(KinesisAction.LIST_STREAMS, streams::list);
        on(KinesisAction.LIST_SHARDS, new ShardListing(registry, locator, tokens)::list);
        on(KinesisAction.SPLIT_SHARD, shards::split);
        on(KinesisAction.MERGE_SHARDS, shards::merge);
        on(KinesisAction.UPDATE_SHARD_COUNT, shards::updateCount);
    }

    private void handleSettings(Resources resources, StreamStorage storage) {
        SettingsActions settings = new SettingsActions(registry, locator);
        AccountActions account = new AccountActions(registry, resources, storage);
        on(KinesisAction.INCREASE_STREAM_RETENTION_PERIOD, settings::increaseRetention);
        on(KinesisAction.DECREASE_STREAM_RETENTION_PERIOD, settings::decreaseRetention);
        on(KinesisAction.UPDATE_STREAM_MODE, settings::updateMode);
        on(KinesisAction.UPDATE_MAX_RECORD_SIZE, settings::updateMaxRecordSize);
        on(KinesisAction.UPDATE_STREAM_WARM_THROUGHPUT, settings::updateWarmThroughput);
        on(KinesisAction.UPDATE_STREAM_RECORD_DISTRIBUTION_STRATEGY, settings::updateDistribution);
        on(KinesisAction.START_STREAM_ENCRYPTION, settings::startEncryption);
        on(KinesisAction.STOP_STREAM_ENCRYPTION, settings::stopEncryption);
        on(KinesisAction.ENABLE_ENHANCED_MONITORING, settings::enableMonitoring);
        on(KinesisAction.DISABLE_ENHANCED_MONITORING, settings::disableMonitoring);
        on(KinesisAction.DESCRIBE_ACCOUNT_SETTINGS, account::describe);
        on(KinesisAction.UPDATE_ACCOUNT_SETTINGS, account::update);
        on(KinesisAction.PUT_RESOURCE_POLICY, account::putPolicy);
        on(KinesisAction.GET_RESOURCE_POLICY, account::getPolicy);
        on(KinesisAction.DELETE_RESOURCE_POLICY, account::deletePolicy);
    }

    private void handleConsumers(Resources resources, Tokens tokens, boolean limits) {
        Subscriptions subscriptions =
                new Subscriptions(registry, resources, scheduler, Subscription.Pace.ofAws(limits));
        ConsumerActions consumers = new ConsumerActions(registry, locator, resources, tokens, subscriptions);
        on(KinesisAction.REGISTER_STREAM_CONSUMER, consumers::register);
        on(KinesisAction.DEREGISTER_STREAM_CONSUMER, consumers::deregister);
        on(KinesisAction.DESCRIBE_STREAM_CONSUMER, consumers::describe);
        on(KinesisAction.LIST_STREAM_CONSUMERS, consumers::list);
        on(KinesisAction.SUBSCRIBE_TO_SHARD, subscriptions::subscribe);
    }

    private void handleTags(Resources resources) {
        TagActions tags = new TagActions(locator, resources);
        on(KinesisAction.ADD_TAGS_TO_STREAM, tags::addToStream);
        on(KinesisAction.REMOVE_TAGS_FROM_STREAM, tags::removeFromStream);
        on(KinesisAction.LIST_TAGS_FOR_STREAM, tags::listForStream);
        on(KinesisAction.TAG_RESOURCE, tags::tag);
        on(KinesisAction.UNTAG_RESOURCE, tags::untag);
        on(KinesisAction.LIST_TAGS_FOR_RESOURCE, tags::listForResource);
    }

    private void on(KinesisAction action, Function<ServiceRequest, ServiceResponse> handler) {
        Function<ServiceRequest, ServiceResponse> kept = action.reads() ? handler : keeping(handler);
        handlers.put(action, request -> CompletableFuture.completedFuture(kept.apply(request)));
    }

    private Function<ServiceRequest, ServiceResponse> keeping(Function<ServiceRequest, ServiceResponse> handler) {
        return request -> {
            ServiceResponse response = handler.apply(request);
            registry.save();
            return response;
        };
    }

    @Override
    public String name() {
        return "kinesis";
    }

    @Override
    public Set<String> actionsWithoutResult() {
        return KinesisAction.withoutResult();
    }

    /** Returns {@code Message} for errors of AWS's framework, which are not part of the API's model. */
    @Override
    public String errorTextMember(ServiceException error) {
        return error.code().equals("SerializationException") ? "Message" : "message";
    }

    @Override
    public Set<String> actions() {
        return KinesisAction.running();
    }

    @Override
    public Set<String> blobs() {
        return BLOBS;
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        try {
            return handler(request.action()).apply(request);
        } catch (ServiceException error) {
            return CompletableFuture.failedFuture(error);
        }
    }

    private Function<ServiceRequest, CompletionStage<ServiceResponse>> handler(String action) {
        Function<ServiceRequest, CompletionStage<ServiceResponse>> handler =
                KinesisAction.named(action).map(handlers::get).orElse(null);
        if (handler == null) {
            throw ServiceException.notImplemented("Kinesis", action);
        }
        return handler;
    }

    /**
     * Creates a stream, as a template does.
     *
     * @throws ServiceException ResourceInUseException if the name is taken
     */
    public StreamHandle createStream(StreamSpecification specification) {
        return new StreamHandle(registry.create(specification), registry.errors());
    }

    /**
     * Applies what a template has changed to a stream, which keeps its records.
     *
     * @param reshard whether the number of shards was changed; otherwise the stream keeps the shards that it has
     * @throws ServiceException ResourceNotFoundException if the stream does not exist
     */
    public void updateStream(StreamSpecification wanted, boolean reshard) {
        KinesisStream stream =
                registry.find(wanted.name()).orElseThrow(() -> registry.errors().streamNotFound(wanted.name()));
        stream.changes().lock();
        try {
            stream.settings().apply(wanted);
            if (reshard && wanted.mode() == StreamMode.PROVISIONED) {
                ReshardingPlan resharding = new ReshardingPlan(stream);
                resharding.scaleTo(wanted.shardCount());
                resharding.apply();
            }
            stream.save();
        } finally {
            stream.changes().unlock();
        }
    }

    /** Returns a stream by its name, for readers of the same process; empty if it does not exist. */
    public Optional<StreamHandle> stream(String name) {
        return registry.find(name).map(stream -> new StreamHandle(stream, registry.errors()));
    }

    /** Returns the stream that an ARN names, its own or that of a registered consumer; empty if it does not exist. */
    public Optional<StreamHandle> stream(Arn streamOrConsumer) {
        Arn streamArn = Resources.streamArn(streamOrConsumer);
        return registry.find(streamArn.resourceName())
                .filter(stream -> streamArn.equals(streamOrConsumer)
                        || stream.consumers().withArn(streamOrConsumer).isPresent())
                .map(stream -> new StreamHandle(stream, registry.errors()));
    }

    /**
     * Registers a consumer, as a template does.
     *
     * @param arn the consumer's ARN: the stream's, and {@code /consumer/NAME:TIME}
     * @throws ServiceException ResourceNotFoundException if the stream does not exist, ResourceInUseException if the
     *     name is taken
     */
    public void registerConsumer(Arn arn, Map<String, String> tags) {
        String name = Arn.nameIn(arn.resource().substring(0, arn.resource().lastIndexOf(':')));
        KinesisStream stream = locator.withArn(Resources.streamArn(arn));
        if (stream.consumers().register(name, arn, registry.now(), tags).isEmpty()) {
            throw KinesisErrors.resourceInUse("Consumer %s under stream %s already exists for account %s."
                    .formatted(name, stream.name(), registry.errors().account()));
        }
        stream.save();
    }

    /** Returns all streams, ordered by name. */
    public List<StreamHandle> streams() {
        return registry.all().stream()
                .filter(stream -> !stream.isGone())
                .map(stream -> new StreamHandle(stream, registry.errors()))
                .toList();
    }

    /** Expires records and scales streams. A failed sweep is made up for by the next one. */
    private void sweep() {
        try {
            registry.expire();
            registry.scale();
        } catch (RuntimeException unexpected) {
            LOG.error("dropping expired records and scaling streams failed", unexpected);
        }
    }

    /** Drops expired records now. The service does so once a minute and whenever a shard is used. */
    void expire() {
        registry.expire();
    }

    /** Splits the busy shards of on-demand streams now. The service does so once a minute. */
    public void scale() {
        registry.scale();
    }

    /** Stops the service's thread. Idempotent. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
