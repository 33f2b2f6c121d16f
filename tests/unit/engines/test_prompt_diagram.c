/* Diagrams told in words: lists, steps, sentences, loops. */
#include "prompt_summary.h"
#include "t.h"

/* clang-format off */
static const struct prompt_row rows[] = {
    { "Diagram of OAuth. Arrows from User to Client, Client to Auth Server labeled \"code\"",
      "diagram; title <OAuth>; subject <OAuth>; boxes <User>,<Client>,<Auth Server>; 0->1; 1->2<code>" },
    { "diagram: boxes User, Client and Auth Server. Arrows from User to Client labeled \"login\", Client to Auth Server labeled \"code\" and Auth Server to Client labeled \"token\"",
      "diagram; boxes <User>,<Client>,<Auth Server>; 0->1<login>; 1->2<code>; 2->1<token>" },
    { "flowchart: User sends credentials to Client, which sends a code to Auth Server and back",
      "diagram; boxes <User>,<Client>,<Auth Server>; 0->1<credentials>; 1<->2<code>" },
    { "flowchart: User signs in, then Server checks the password, then Dashboard opens",
      "diagram; boxes <User signs in>,<Server checks the password>,<Dashboard opens>; 0->1; 1->2" },
    { "diagram with 1. Plan 2. Build 3. Ship",
      "diagram; boxes <Plan>,<Build>,<Ship>; 0->1; 1->2" },
    { "A, B and C connected in a circle, diagram",
      "diagram; boxes <A>,<B>,<C>; 0->1; 1->2; 2->0" },
    { "diagram of Plan, Do, Check and Act connected in a loop",
      "diagram; boxes <Plan>,<Do>,<Check>,<Act>; 0->1; 1->2; 2->3; 3->0" },
    { "cycle diagram: Plan, Do, Check, Act",
      "diagram; boxes <Plan>,<Do>,<Check>,<Act>; 0->1; 1->2; 2->3; 3->0" },
    { "process diagram: 1) Collect 2) Clean 3) Train 4) Deploy, arrows labeled \"data\"",
      "diagram; boxes <Collect>,<Clean>,<Train>,<Deploy>; 0->1<data>; 1->2<data>; 2->3<data>" },
    { "Flowchart with Start, then Process, then End",
      "diagram; boxes <Start>,<Process>,<End>; 0->1; 1->2" },
    { "diagram: the Browser sends a request to the Server which queries the Database and returns JSON to the Browser",
      "diagram; boxes <Browser>,<Server>,<Database>; 0->1; 1->2; 1->0<JSON>" },
    { "diagram: Client requests a token from Auth Server, Auth Server returns a token to Client",
      "diagram; boxes <Client>,<Auth Server>; 0->1<token>; 1->0<token>" },
    { "architecture diagram: three boxes, \"Web\", \"API\" and \"DB\", with arrows from Web to API and from API to DB, and back",
      "diagram; boxes <Web>,<API>,<DB>; 0->1; 1<->2" },
    { "flow chart from Idea to Prototype to Product",
      "diagram; boxes <Idea>,<Prototype>,<Product>; 0->1; 1->2" },
    { "sequence diagram: Alice sends \"hello\" to Bob, Bob replies \"hi\" to Alice",
      "sequence; boxes <Alice>,<Bob>; 0->1<hello>; 1->0<hi>" },
    { "Diagram: Load Balancer connects to Web 1, Web 2 and Web 3",
      "diagram; boxes <Load Balancer>,<Web 1>,<Web 2>,<Web 3>; 0->1; 0->2; 0->3" },
    { "boxes labeled \"Login\", \"Verify\" and \"Home\", arrows between them, dashed arrow from Verify back to Login labeled \"failed\"",
      "diagram; boxes <Login>,<Verify>,<Home>; 1..>0<failed>; 0->1; 1->2" },
    { "flowchart of making tea: boil water, add tea bag, steep for 3 minutes, pour",
      "diagram; title <Making Tea>; subject <making tea>; boxes <boil water>,<add tea bag>,<steep for 3 minutes>,<pour>; 0->1; 1->2; 2->3" },
    { "Step 1: Plan. Step 2: Build. Step 3: Ship. flowchart",
      "diagram; boxes <Plan>,<Build>,<Ship>; 0->1; 1->2" },
    { "Diagram: \"Sensor\" sends readings to \"Gateway\", \"Gateway\" forwards data to \"Cloud\"",
      "diagram; boxes <Sensor>,<Gateway>,<Cloud>; 0->1<readings>; 1->2<data>" },
    { "flowchart: dashed arrow from \"A\" to \"B\" and \"B\" to \"C\", solid arrow from \"C\" to \"D\"",
      "diagram; boxes <A>,<B>,<C>,<D>; 0..>1; 1..>2; 2->3; ignored <solid>" },
    { "diagram of a car engine",
      "diagram; title <Car Engine>; subject <car engine>" },
    { "diagram with boxes labeled A and B and C, arrows between them labeled \"next\"",
      "diagram; boxes <A>,<B>,<C>; 0->1<next>; 1->2<next>" },
    { "state machine: Idle -> Running -> Stopped -> Idle",
      "diagram; boxes <Idle>,<Running>,<Stopped>; 0->1; 1->2; 2->0" },
    { "The App calls the API, the API reads rows from the Database, diagram",
      "diagram; boxes <App>,<API>,<Database>; 0->1; 2->1<rows>" },
    { "workflow diagram of Draft, Review, Approve and Publish in a cycle",
      "diagram; boxes <Draft>,<Review>,<Approve>,<Publish>; 0->1; 1->2; 2->3; 3->0" },
    { "org chart: CEO, CTO and CFO",
      "diagram; boxes <CEO>,<CTO>,<CFO>; 0->1; 1->2" },
};
/* clang-format on */

TEST(prompt_diagram__boxes_and_arrows_in_sentences)
{
    prompt_check(rows, sizeof(rows) / sizeof(rows[0]));
}
