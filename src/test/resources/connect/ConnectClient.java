import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Expression.Literal;
import org.apache.spark.connect.proto.Fetch;
import org.apache.spark.connect.proto.MlCommand;
import org.apache.spark.connect.proto.MlCommandResult;
import org.apache.spark.connect.proto.MlOperator;
import org.apache.spark.connect.proto.MlOperator.OperatorType;
import org.apache.spark.connect.proto.MlParams;
import org.apache.spark.connect.proto.MlRelation;
import org.apache.spark.connect.proto.ObjectRef;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connect.SparkSession;
import scala.Function1;
import scala.collection.Iterator;
import scala.runtime.BoxedUnit;

/**
 * A client of a server of Spark Connect, in a process with the client's jars only: it sends the messages that PySpark's
 * client sends. Prints a line NAME=VALUE for each result. Arguments: the port, the rows in Parquet, a new directory.
 */
public final class ConnectClient {
  private static final String CLASSIFIER = "io.meanfield.ml.MeanfieldClassifier";
  private static final String MODEL = "io.meanfield.ml.MeanfieldClassificationModel";

  private final SparkSession spark;

  private ConnectClient(SparkSession spark) {
    this.spark = spark;
  }

  public static void main(String[] args) {
    SparkSession spark =
        (SparkSession) SparkSession.builder().remote("sc://127.0.0.1:" + args[0]).getOrCreate();
    new ConnectClient(spark).run(spark.read().parquet(args[1]), args[2]);
    spark.close();
  }

  private void run(Dataset<Row> rows, String folder) {
    System.out.println("version=" + spark.version());
    MlOperator classifier = operator(CLASSIFIER, OperatorType.OPERATOR_TYPE_ESTIMATOR);
    ObjectRef model = fit(classifier, params(), rows);
    System.out.println("accuracy=" + accuracy(transform(model, rows)));
    System.out.println("classes=" + fetch(model, "numClasses").getInteger());
    System.out.println("features=" + fetch(model, "numFeatures").getInteger());
    evict(model);
    System.out.println("evicted=" + accuracy(transform(model, rows)));
    command(MlCommand.newBuilder().setWrite(MlCommand.Write.newBuilder().setObjRef(model).setPath(folder + "/model")));
    ObjectRef read = read(operator(MODEL, OperatorType.OPERATOR_TYPE_MODEL), folder + "/model").getObjRef();
    System.out.println("read=" + accuracy(transform(read, rows)));
    command(
        MlCommand.newBuilder()
            .setWrite(
                MlCommand.Write.newBuilder().setOperator(classifier).setParams(params()).setPath(folder + "/estimator")));
    MlCommandResult.MlOperatorInfo estimator = read(classifier, folder + "/estimator");
    System.out.println("params=" + estimator.getParams().getParamsMap().get("scale").getString());
    regression(rows);
  }

  private void regression(Dataset<Row> rows) {
    MlOperator regressor = operator("io.meanfield.ml.MeanfieldRegressor", OperatorType.OPERATOR_TYPE_ESTIMATOR);
    ObjectRef model = fit(regressor, params(), rows);
    System.out.println("predictions=" + transform(model, rows).where("prediction is not null").count());
  }

  private static MlParams params() {
    return MlParams.newBuilder()
        .putAllParams(
            Map.of(
                "idCol", text("id"),
                "featuresCols", texts("color", "size", "day"),
                "scale", text("robust"),
                "hiddenLayers", numbers(8),
                "maxIter", number(10),
                "batchSize", number(10),
                "stepSize", Literal.newBuilder().setDouble(0.02).build(),
                "network", text("train.sync-frequency = 5")))
        .build();
  }

  private static Literal text(String value) {
    return Literal.newBuilder().setString(value).build();
  }

  private static Literal number(int value) {
    return Literal.newBuilder().setInteger(value).build();
  }

  private static Literal texts(String... values) {
    DataType type = DataType.newBuilder().setString(DataType.String.getDefaultInstance()).build();
    return array(type, List.of(values), ConnectClient::text);
  }

  private static Literal numbers(Integer... values) {
    DataType type = DataType.newBuilder().setInteger(DataType.Integer.getDefaultInstance()).build();
    return array(type, List.of(values), ConnectClient::number);
  }

  private static <T> Literal array(DataType type, List<T> values, Function<T, Literal> literal) {
    Literal.Array.Builder array = Literal.Array.newBuilder().setElementType(type);
    values.forEach(value -> array.addElements(literal.apply(value)));
    return Literal.newBuilder().setArray(array).build();
  }

  private static MlOperator operator(String name, OperatorType type) {
    return MlOperator.newBuilder().setName(name).setUid("given").setType(type).build();
  }

  private ObjectRef fit(MlOperator estimator, MlParams params, Dataset<Row> rows) {
    MlCommand.Fit.Builder fit =
        MlCommand.Fit.newBuilder().setEstimator(estimator).setParams(params).setDataset(relation(rows));
    return command(MlCommand.newBuilder().setFit(fit)).getOperatorInfo().getObjRef();
  }

  private MlCommandResult.MlOperatorInfo read(MlOperator operator, String path) {
    MlCommand.Read.Builder read = MlCommand.Read.newBuilder().setOperator(operator).setPath(path);
    return command(MlCommand.newBuilder().setRead(read)).getOperatorInfo();
  }

  private Literal fetch(ObjectRef model, String method) {
    Fetch.Builder fetch =
        Fetch.newBuilder().setObjRef(model).addMethods(Fetch.Method.newBuilder().setMethod(method));
    return command(MlCommand.newBuilder().setFetch(fetch)).getParam();
  }

  /** Moves a model out of the server's memory, from where the next use reads it back. */
  private void evict(ObjectRef model) {
    command(MlCommand.newBuilder().setDelete(MlCommand.Delete.newBuilder().addObjRefs(model).setEvictOnly(true)));
  }

  private Dataset<Row> transform(ObjectRef model, Dataset<Row> rows) {
    MlRelation relation =
        MlRelation.newBuilder()
            .setTransform(
                MlRelation.Transform.newBuilder()
                    .setObjRef(model)
                    .setInput(relation(rows))
                    .setParams(MlParams.getDefaultInstance()))
            .build();
    return spark.newDataFrame(
        (Function1<org.apache.spark.connect.proto.Relation.Builder, BoxedUnit>)
            builder -> {
              builder.setMlRelation(relation);
              return BoxedUnit.UNIT;
            });
  }

  private static double accuracy(Dataset<Row> scored) {
    return scored.selectExpr("avg(int(prediction = label))").collectAsList().get(0).getDouble(0);
  }

  private static org.apache.spark.connect.proto.Relation relation(Dataset<Row> rows) {
    return ((org.apache.spark.sql.connect.Dataset<Row>) rows).plan().getRoot();
  }

  private MlCommandResult command(MlCommand.Builder command) {
    Iterator<ExecutePlanResponse> responses = spark.execute(Command.newBuilder().setMlCommand(command).build()).iterator();
    List<MlCommandResult> results = new ArrayList<>();
    while (responses.hasNext()) {
      ExecutePlanResponse response = responses.next();
      if (response.hasMlCommandResult()) {
        results.add(response.getMlCommandResult());
      }
    }
    return results.isEmpty() ? MlCommandResult.getDefaultInstance() : results.get(0);
  }
}
