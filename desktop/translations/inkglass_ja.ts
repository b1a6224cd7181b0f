<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>Action</name>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>名前を付けて保存…</translation>
    </message>
    <message>
        <source>Quit Inkglass</source>
        <translation>Inkglass を終了</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>すべて選択</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続きを書く</translation>
    </message>
    <message>
        <source>Continue towards what follows</source>
        <translation>後ろの文につながるように続ける</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Another version</source>
        <translation>別の続き</translation>
    </message>
    <message>
        <source>Accept what was written</source>
        <translation>書かれた文を採用</translation>
    </message>
    <message>
        <source>Accept one word</source>
        <translation>一語だけ採用</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <translation>採用しない</translation>
    </message>
    <message>
        <source>Rewrite the selection</source>
        <translation>選択範囲を書き直す</translation>
    </message>
    <message>
        <source>Shorten the selection</source>
        <translation>選択範囲を短くする</translation>
    </message>
    <message>
        <source>Expand the selection</source>
        <translation>選択範囲を詳しくする</translation>
    </message>
    <message>
        <source>Translate into English</source>
        <translation>英語に翻訳</translation>
    </message>
    <message>
        <source>Translate into Japanese</source>
        <translation>日本語に翻訳</translation>
    </message>
    <message>
        <source>Suggest titles</source>
        <translation>題名の候補</translation>
    </message>
    <message>
        <source>Tint by how sure the model was</source>
        <translation>モデルの確信度で色分け</translation>
    </message>
    <message>
        <source>Tint my own text</source>
        <translation>自分の文章も色分け</translation>
    </message>
    <message>
        <source>Show the panel of candidates</source>
        <translation>候補パネルを表示</translation>
    </message>
    <message>
        <source>Look into the word at the cursor</source>
        <translation>カーソル位置の語を調べる</translation>
    </message>
    <message>
        <source>Next word of the model</source>
        <translation>モデルが書いた次の語</translation>
    </message>
    <message>
        <source>Previous word of the model</source>
        <translation>モデルが書いた前の語</translation>
    </message>
    <message>
        <source>Version above</source>
        <translation>上の版</translation>
    </message>
    <message>
        <source>Version below</source>
        <translation>下の版</translation>
    </message>
    <message>
        <source>Version it came from</source>
        <translation>分岐元の版</translation>
    </message>
    <message>
        <source>Version that came of it</source>
        <translation>分岐した版</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>すべての設定を表示</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>文字を大きく</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>文字を小さく</translation>
    </message>
    <message>
        <source>Text as it was</source>
        <translation>文字を元の大きさに</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全画面表示</translation>
    </message>
    <message>
        <source>Light or dark as the system</source>
        <translation>外観をシステムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>執筆</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>ライブラリー</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>ログのフォルダーを開く</translation>
    </message>
    <message>
        <source>About Inkglass</source>
        <translation>Inkglass について</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>Accuracy over temperature</source>
        <translation>温度ごとの正答率</translation>
    </message>
    <message>
        <source>with 95 % intervals (Wilson)</source>
        <translation>95 % 信頼区間（ウィルソン）つき</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>確信の正しさ</translation>
    </message>
    <message>
        <source>at temperature {temperature}: how often it is right, over how sure it is of its answers; the line is honest</source>
        <translation>温度 {temperature} での、答えへの確信の度合いと実際の正答率。斜めの線に近いほど正直です</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>What was answered, how often</source>
        <translation>答えとその回数</translation>
    </message>
    <message>
        <source>The answer&apos;s tokens</source>
        <translation>答えのトークン</translation>
    </message>
    <message>
        <source>How probable it holds each choice</source>
        <translation>各選択肢の確率</translation>
    </message>
    <message>
        <source>answer </source>
        <translation>答え </translation>
    </message>
    <message>
        <source>Which of the answers that say this</source>
        <translation>同じ内容の答えのうち何番目か</translation>
    </message>
    <message>
        <source>model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>質問数</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>正答率</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区間</translation>
    </message>
    <message>
        <source>by its four choices</source>
        <translation>四択の確率による</translation>
    </message>
    <message>
        <source>{share}  {choice}  (log-p {logprob}) {mark}</source>
        <translation>{share}  {choice}（対数確率 {logprob}）{mark}</translation>
    </message>
    <message>
        <source> of {count}</source>
        <translation> / {count}</translation>
    </message>
    <message>
        <source>{sure} sure of its words; a click on a token shows what else it weighed.</source>
        <translation>言葉への確信は {sure}。トークンをクリックすると、ほかの候補が見られます。</translation>
    </message>
</context>
<context>
    <name>CandidateList</name>
    <message>
        <source>Candidates</source>
        <translation>候補</translation>
    </message>
</context>
<context>
    <name>CandidateModel</name>
    <message>
        <source>&lt;others&gt;</source>
        <translation>&lt;その他&gt;</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>{rank} 位</translation>
    </message>
    <message>
        <source>{percent} percent by the model</source>
        <translation>モデルの確率は {percent} パーセント</translation>
    </message>
    <message>
        <source>removed by {stage}</source>
        <translation>{stage} により除外</translation>
    </message>
    <message>
        <source>removed by the chain</source>
        <translation>チェーンにより除外</translation>
    </message>
    <message>
        <source>{percent} percent after the chain</source>
        <translation>チェーン適用後は {percent} パーセント</translation>
    </message>
    <message>
        <source>in the text</source>
        <translation>本文にある語</translation>
    </message>
    <message>
        <source>these settings would choose it</source>
        <translation>この設定ならこれを選択</translation>
    </message>
    <message>
        <source>everything else</source>
        <translation>その他すべて</translation>
    </message>
    <message>
        <source>bytes {bytes}</source>
        <translation>バイト列 {bytes}</translation>
    </message>
    <message>
        <source>{percent} by the model</source>
        <translation>モデルの確率 {percent}</translation>
    </message>
    <message>
        <source>Removed by {stage}</source>
        <translation>{stage} により除外</translation>
    </message>
    <message>
        <source>Removed by the chain</source>
        <translation>チェーンにより除外</translation>
    </message>
    <message>
        <source>Not listed under these settings</source>
        <translation>この設定では候補に入りません</translation>
    </message>
    <message>
        <source>{percent} after the chain</source>
        <translation>チェーン適用後 {percent}</translation>
    </message>
    <message>
        <source>It stands in the text.</source>
        <translation>本文にある語です。</translation>
    </message>
    <message>
        <source>These settings would choose it.</source>
        <translation>この設定ならこれが選ばれます。</translation>
    </message>
    <message>
        <source>Logit {logit}, log-probability {logprob}</source>
        <translation>ロジット {logit}、対数確率 {logprob}</translation>
    </message>
    <message>
        <source>Token {token}, bytes {bytes}, rank {rank}</source>
        <translation>トークン {token}、バイト列 {bytes}、{rank} 位</translation>
    </message>
</context>
<context>
    <name>CandidateSection</name>
    <message>
        <source>as sure as a choice among {choices}</source>
        <translation>{choices} 択と同じ確かさ</translation>
    </message>
    <message>
        <source>Entropy over the full vocabulary: {nats} nats, {bits} bits</source>
        <translation>全語彙のエントロピー：{nats} ナット、{bits} ビット</translation>
    </message>
    <message>
        <source>pale: the model · solid: after the sampler · to {percent}</source>
        <translation>薄い色：モデル · 濃い色：サンプラー後 · {percent} まで</translation>
    </message>
    <message>
        <source>The whole width of the bars stands for {percent}.</source>
        <translation>バーの幅全体が {percent} を表します。</translation>
    </message>
    <message>
        <source>Now: “{token}”</source>
        <translation>現在：「{token}」</translation>
    </message>
    <message>
        <source>Candidates for “{token}”</source>
        <translation>「{token}」の候補</translation>
    </message>
    <message>
        <source>In the text: {token}, rank {rank}, {percent} by the model</source>
        <translation>本文にある語：{token}、{rank} 位、モデルの確率 {percent}</translation>
    </message>
    <message>
        <source>With these settings: the same token</source>
        <translation>この設定でも同じトークン</translation>
    </message>
    <message>
        <source>a token that is not listed</source>
        <translation>一覧にないトークン</translation>
    </message>
    <message>
        <source>With these settings: {token}</source>
        <translation>この設定なら：{token}</translation>
    </message>
</context>
<context>
    <name>ChainEditor</name>
    <message>
        <source>Add a stage</source>
        <translation>段階を追加</translation>
    </message>
    <message>
        <source>What is not in the chain yet.</source>
        <translation>まだチェーンにない段階です。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>順序</translation>
    </message>
    <message>
        <source>Order of the stages</source>
        <translation>段階の順序</translation>
    </message>
    <message>
        <source>Puts all stages into the order that other programs have them in.</source>
        <translation>すべての段階を、他のプログラムと同じ順序に並べます。</translation>
    </message>
    <message>
        <source>Without a stage every token of the model may come up: add one to choose.</source>
        <translation>段階がないと、モデルのどのトークンも出る可能性があります。絞り込むには段階を追加してください。</translation>
    </message>
    <message>
        <source>The chain as text</source>
        <translation>テキストで表したチェーン</translation>
    </message>
</context>
<context>
    <name>ChangeCard</name>
    <message>
        <source>The model is writing …</source>
        <translation>モデルが書いています…</translation>
    </message>
    <message>
        <source>nothing came</source>
        <translation>何も書かれませんでした</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>変更はありません</translation>
    </message>
    <message>
        <source>A proposed change</source>
        <translation>変更の提案</translation>
    </message>
    <message>
        <source>The change, old words struck through</source>
        <translation>変更内容（元の語は取り消し線）</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>採用</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>採用しない</translation>
    </message>
    <message>
        <source>Accept the change</source>
        <translation>変更を採用</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>別の案</translation>
    </message>
    <message>
        <source>Another version of the change</source>
        <translation>別の変更案</translation>
    </message>
    <message>
        <source>Refuse the change</source>
        <translation>変更を採用しない</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>distinct pairs {value}</source>
        <translation>異なる対 {value}</translation>
    </message>
    <message>
        <source>repeats {value}</source>
        <translation>繰り返し {value}</translation>
    </message>
    <message>
        <source>mean log-p {value}</source>
        <translation>平均対数確率 {value}</translation>
    </message>
    <message>
        <source>tokens {value}</source>
        <translation>トークン数 {value}</translation>
    </message>
    <message>
        <source>Different pairs of neighbouring tokens, of all pairs (distinct-2)</source>
        <translation>隣り合うトークンの対のうち、異なるものの割合（distinct-2）</translation>
    </message>
    <message>
        <source>Runs of four tokens that stood in the text before</source>
        <translation>すでに現れた四トークンの並びの割合</translation>
    </message>
    <message>
        <source>How probable the model itself found the text, in nats a token</source>
        <translation>モデル自身が見た文章の確からしさ（トークンあたりナット）</translation>
    </message>
    <message>
        <source>repeats itself</source>
        <translation>同じことを繰り返しています</translation>
    </message>
    <message>
        <source>wanders</source>
        <translation>話がそれています</translation>
    </message>
    <message>
        <source>The text of {name}</source>
        <translation>{name} の文章</translation>
    </message>
    <message>
        <source>Uncertainty, token by token</source>
        <translation>トークンごとの不確かさ</translation>
    </message>
    <message>
        <source>Do without this setting</source>
        <translation>この設定を外す</translation>
    </message>
    <message>
        <source>Do without {name}</source>
        <translation>{name} を外す</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>この設定で書く</translation>
    </message>
    <message>
        <source>Write with the settings of {name}</source>
        <translation>{name} の設定で書く</translation>
    </message>
    <message>
        <source>Insert the text</source>
        <translation>文章を挿入</translation>
    </message>
    <message>
        <source>Put the text of {name} into the document</source>
        <translation>{name} の文章を文書に入れる</translation>
    </message>
</context>
<context>
    <name>Continuing</name>
    <message>
        <source>No model is at work: choose one in the library.</source>
        <translation>動いているモデルがありません。ライブラリーで選んでください。</translation>
    </message>
</context>
<context>
    <name>ControlBar</name>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>How daring the choice is: low keeps to the probable, high gives rare words a chance, 0 always takes the most probable token.</source>
        <translation>選び方の大胆さです。低いほど確率の高い語に寄り、高いほど珍しい語も選ばれます。0 では常に最も確率の高いトークンを選びます。</translation>
    </message>
    <message>
        <source>top-p</source>
        <translation>top-p</translation>
    </message>
    <message>
        <source>Only the most probable tokens stay: as many as hold this share of the probability together; 1 keeps all.</source>
        <translation>確率の高い順に、合計がこの割合に達するまでのトークンだけを残します。1 ではすべて残ります。</translation>
    </message>
    <message>
        <source>BOS</source>
        <translation>BOS</translation>
    </message>
    <message>
        <source>Begin with the BOS token</source>
        <translation>BOS トークンで始める</translation>
    </message>
    <message>
        <source>Begins the prompt with the token for the beginning of a text (BOS), as in training; switch it off to see what it does.</source>
        <translation>学習時と同じく、文頭を表すトークン（BOS）でプロンプトを始めます。オフにすると、その効果がわかります。</translation>
    </message>
    <message>
        <source>How much one continuation writes.</source>
        <translation>一度に書く続きの長さです。</translation>
    </message>
    <message>
        <source>until it ends</source>
        <translation>終わるまで</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} トークン</translation>
    </message>
    <message>
        <source>Length: {length}</source>
        <translation>長さ：{length}</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>別の続き</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続きを書く</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Writes another version of the last continuation.</source>
        <translation>直前の続きを別の版で書きます。</translation>
    </message>
    <message>
        <source>Lets the model go on from the cursor.</source>
        <translation>カーソル位置からモデルが続きを書きます。</translation>
    </message>
    <message>
        <source>Ends the writing; what is written stays.</source>
        <translation>執筆を止めます。書かれた分は残ります。</translation>
    </message>
</context>
<context>
    <name>ConvertCard</name>
    <message>
        <source>Looking at {name}…</source>
        <translation>{name} を調べています…</translation>
    </message>
    <message>
        <source>Make a smaller file of a Hugging Face checkpoint, or of a larger GGUF. All of it happens on this computer.</source>
        <translation>Hugging Face のチェックポイントや大きな GGUF から、小さなファイルを作ります。すべてこのコンピューターの中で行われます。</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>パラメーター数 {count}</translation>
    </message>
    <message>
        <source>{count} tokens in the vocabulary ({kind})</source>
        <translation>語彙 {count} トークン（{kind}）</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>コンテキスト {tokens}</translation>
    </message>
    <message>
        <source>Tick the levels to make.</source>
        <translation>作る量子化レベルを選んでください。</translation>
    </message>
    <message>
        <source>{needed} are needed and {free} are free there: choose fewer levels, or another folder.</source>
        <translation>{needed} が必要ですが、保存先の空きは {free} です。レベルを減らすか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{needed} to write, {free} are free there.</source>
        <translation>書き込む量は {needed}、保存先の空きは {free} です。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing half done is left.</source>
        <translation>中止しました。作りかけのファイルは残っていません。</translation>
    </message>
    <message>
        <source>The conversion was ended from outside, perhaps because the memory ran out. Nothing half done is left: close other programs, then start it again.</source>
        <translation>変換が外部から終了されました。メモリーが足りなくなったのかもしれません。作りかけのファイルは残っていません。ほかのプログラムを閉じてから、もう一度始めてください。</translation>
    </message>
    <message>
        <source>Written: {name}, {size}</source>
        <translation>書き込みました：{name}（{size}）</translation>
    </message>
    <message>
        <source>Load it</source>
        <translation>読み込む</translation>
    </message>
    <message>
        <source>Load {name}</source>
        <translation>{name} を読み込む</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>別のフォルダー…</translation>
    </message>
    <message>
        <source>Choose a checkpoint&apos;s folder…</source>
        <translation>チェックポイントのフォルダーを選ぶ…</translation>
    </message>
    <message>
        <source>Another GGUF file…</source>
        <translation>別の GGUF ファイル…</translation>
    </message>
    <message>
        <source>Choose a GGUF file…</source>
        <translation>GGUF ファイルを選ぶ…</translation>
    </message>
    <message>
        <source>Show all levels</source>
        <translation>すべてのレベルを表示</translation>
    </message>
    <message>
        <source>Files go to</source>
        <translation>保存先</translation>
    </message>
    <message>
        <source>Choose another folder for the files</source>
        <translation>ファイルの保存先を変える</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>変換する</translation>
    </message>
    <message>
        <source>Convert to the levels ticked</source>
        <translation>選んだレベルに変換する</translation>
    </message>
    <message>
        <source>The weights are quantized already ({type}). Quantized again, they lose more than from the original: take that one if you can.</source>
        <translation>重みはすでに量子化されています（{type}）。もう一度量子化すると、元のモデルから作るより多くを失います。できれば元のモデルを使ってください。</translation>
    </message>
    <message>
        <source>Quantize them again all the same</source>
        <translation>それでももう一度量子化する</translation>
    </message>
</context>
<context>
    <name>DocumentStatus</name>
    <message>
        <source>kept in the journal</source>
        <translation>記録に保存済み</translation>
    </message>
    <message>
        <source>saved at {time}</source>
        <translation>{time} に保存</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Document</source>
        <translation>文書</translation>
    </message>
</context>
<context>
    <name>ExportButton</name>
    <message>
        <source>Export a report</source>
        <translation>報告を書き出す</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
</context>
<context>
    <name>Filing</name>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>{name} is read-only: to keep changes, save under another name.</source>
        <translation>{name} は読み取り専用です。変更を残すには、別の名前で保存してください。</translation>
    </message>
    <message>
        <source>{name} was changed by another program since it was open here: this is the file as it is now, and the versions of the older text are not shown.</source>
        <translation>{name} は、前回ここで開いたあと、ほかのプログラムによって変更されました。現在のファイルを表示しています。以前の文章の版は表示されません。</translation>
    </message>
    <message>
        <source>Show the saved file</source>
        <translation>保存済みのファイルを表示</translation>
    </message>
    <message>
        <source>{name} is shown with the changes that you have not saved yet.</source>
        <translation>{name} を、まだ保存していない変更を含めて表示しています。</translation>
    </message>
    <message>
        <source>Inkglass ended without closing. Your text is as it was at {time}, with all versions.</source>
        <translation>Inkglass が正常に終了しませんでした。文章は {time} の状態で、すべての版とともに残っています。</translation>
    </message>
    <message numerus="yes">
        <source>Further documents hold text that is in no file.</source>
        <translation>
            <numerusform>ファイルに保存されていない文章が、ほかの文書にもあります。</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} was deleted or moved by another program. Your text is here: save to write it again.</source>
        <translation>{name} は、ほかのプログラムによって削除または移動されました。文章はここにあります。保存すると、もう一度書き込まれます。</translation>
    </message>
    <message>
        <source>{name} was changed by another program. Which one is to stay?</source>
        <translation>{name} は、ほかのプログラムによって変更されました。どちらを残しますか？</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>ファイルを表示</translation>
    </message>
    <message>
        <source>Keep mine, write over it</source>
        <translation>自分の文章で上書き</translation>
    </message>
    <message>
        <source>The journal takes nothing at the moment, and this text would be lost: make room on the disk, or save the document, then try again.</source>
        <translation>いま記録を書き込めないため、このままではこの文章が失われます。ディスクの空きを増やすか文書を保存してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>{name} is open in another window of Inkglass: go on writing there.</source>
        <translation>{name} は、別の Inkglass のウィンドウで開いています。そちらで続けてください。</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>not found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>文書内を検索</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>First start</source>
        <translation>はじめに</translation>
    </message>
    <message>
        <source>You write, and a model on this computer writes with you. Nothing that you write leaves it.</source>
        <translation>あなたの文章の続きを、このコンピューター上のモデルが一緒に書きます。書いた内容が外部に送られることはありません。</translation>
    </message>
    <message>
        <source>The starter model is being loaded. You can write already.</source>
        <translation>スターターモデルを読み込んでいます。もう書き始められます。</translation>
    </message>
    <message>
        <source>The starter model is ready: 135 million parameters, English. You can write now.</source>
        <translation>スターターモデル（1.35 億パラメーター、英語）の準備ができました。すぐに書けます。</translation>
    </message>
    <message>
        <source>There is no starter model here. You can write, and choose a model in the settings.</source>
        <translation>スターターモデルが見つかりません。文章は書けます。モデルは設定で選べます。</translation>
    </message>
    <message>
        <source>For this machine we recommend</source>
        <translation>このコンピューターにおすすめのモデル</translation>
    </message>
    <message>
        <source>What brings this model, in a terminal</source>
        <translation>このモデルを取得するターミナルのコマンド</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>コマンドをコピー</translation>
    </message>
    <message>
        <source>Start writing</source>
        <translation>書き始める</translation>
    </message>
</context>
<context>
    <name>FitLabel</name>
    <message>
        <source>fits, {size} to spare</source>
        <translation>メモリーに余裕あり（残り {size}）</translation>
    </message>
    <message>
        <source>tight, {size} to spare</source>
        <translation>メモリーに余裕がほとんどありません（残り {size}）</translation>
    </message>
    <message>
        <source>does not fit, {size} too few</source>
        <translation>メモリーに収まりません（{size} 不足）</translation>
    </message>
    <message>
        <source>Needs {needed} with {context} tokens of context; {free} are free.</source>
        <translation>コンテキスト {context} トークンで {needed} が必要です。空きは {free} です。</translation>
    </message>
</context>
<context>
    <name>Glass</name>
    <message>
        <source>effective choices {choices}</source>
        <translation>実効選択肢 {choices}</translation>
    </message>
    <message>
        <source>Mean entropy of these tokens: {nats} nats</source>
        <translation>これらのトークンの平均エントロピー：{nats} ナット</translation>
    </message>
    <message>
        <source>Looking glass</source>
        <translation>拡大鏡</translation>
    </message>
    <message>
        <source>What the sampler did</source>
        <translation>サンプラーの働き</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Edit the sampler&apos;s stages</source>
        <translation>サンプラーの段階を編集</translation>
    </message>
    <message>
        <source>Uncertainty, token by token</source>
        <translation>トークンごとの不確かさ</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版</translation>
    </message>
    <message>
        <source>Alt + arrows</source>
        <translation>Alt + 矢印キー</translation>
    </message>
</context>
<context>
    <name>InspectionPanel</name>
    <message>
        <source>Details of the model</source>
        <translation>モデルの詳細</translation>
    </message>
    <message>
        <source>Keys of the file</source>
        <translation>ファイルのキー</translation>
    </message>
    <message>
        <source>Choose a model to see its keys, its tensors and its vocabulary.</source>
        <translation>モデルを選ぶと、キー、テンソル、語彙を見られます。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Tensors by type</source>
        <translation>型ごとのテンソル</translation>
    </message>
    <message>
        <source>{count} tokens ({kind})</source>
        <translation>{count} トークン（{kind}）</translation>
    </message>
    <message>
        <source>has a chat template</source>
        <translation>チャットテンプレートあり</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>普通の文章</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>as the vocabulary says</source>
        <translation>語彙の設定による</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>ファイル内の名前</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>アーキテクチャー</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメーター数</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>ブロック数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>ヘッド数</translation>
    </message>
    <message>
        <source>{heads}, {kv} for keys and values</source>
        <translation>{heads}（キーと値は {kv}）</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>埋め込みの次元</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>学習時のコンテキスト</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>語彙</translation>
    </message>
    <message>
        <source>BOS is put first</source>
        <translation>先頭に BOS</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリー</translation>
    </message>
    <message>
        <source>{weights} weights, {cache} KV cache with {context} tokens</source>
        <translation>重み {weights}、KV キャッシュ {cache}（{context} トークン）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>{count} tensors, {size}</source>
        <translation>{count} 個、{size}</translation>
    </message>
</context>
<context>
    <name>LevelTable</name>
    <message>
        <source>level</source>
        <translation>レベル</translation>
    </message>
    <message>
        <source>size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>bits a weight</source>
        <translation>ビット/重み</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>このマシン</translation>
    </message>
    <message>
        <source>{level}: {size}, {bits} bits a weight</source>
        <translation>{level}：{size}、重みあたり {bits} ビット</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation>すでにあります</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>ライブラリー</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>ファイルを追加…</translation>
    </message>
    <message>
        <source>Add a model file to the list</source>
        <translation>モデルのファイルを一覧に追加</translation>
    </message>
    <message>
        <source>Add a GGUF file to the list; it stays where it is.</source>
        <translation>GGUF ファイルを一覧に追加します。ファイルは今の場所のままです。</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>このコンピューターにあるモデル</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>変換</translation>
    </message>
    <message>
        <source>Models to get</source>
        <translation>入手できるモデル</translation>
    </message>
    <message>
        <source>Looking at the models…</source>
        <translation>モデルを調べています…</translation>
    </message>
    <message>
        <source>No model is here yet: add a file, convert a checkpoint, or get one below.</source>
        <translation>まだモデルがありません。ファイルを追加するか、チェックポイントを変換するか、下から入手してください。</translation>
    </message>
    <message>
        <source>1 model, {size}</source>
        <translation>モデル 1 個、{size}</translation>
    </message>
    <message>
        <source>{count} models, {size}</source>
        <translation>モデル {count} 個、{size}</translation>
    </message>
</context>
<context>
    <name>LibraryWorkspace</name>
    <message>
        <source>Choose a model file</source>
        <translation>モデルのファイルを選ぶ</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>モデル (*.gguf)</translation>
    </message>
    <message>
        <source>Choose the folder of a checkpoint</source>
        <translation>チェックポイントのフォルダーを選ぶ</translation>
    </message>
    <message>
        <source>Choose a folder for the files</source>
        <translation>ファイルの保存先を選ぶ</translation>
    </message>
    <message>
        <source>The download was ended from outside: start it again to go on.</source>
        <translation>ダウンロードが外部から終了されました。もう一度始めると、続きから再開します。</translation>
    </message>
</context>
<context>
    <name>LoadedModel</name>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>{workspace} is at work with the models: wait until it is done, or stop it.</source>
        <translation>「{workspace}」がモデルを使用中です。終わるまで待つか、停止してください。</translation>
    </message>
    <message>
        <source>No model is at work yet: wait until it is loaded, or choose one.</source>
        <translation>モデルがまだ動いていません。読み込みを待つか、モデルを選んでください。</translation>
    </message>
</context>
<context>
    <name>Looking</name>
    <message>
        <source>The model&apos;s figures for this word are no longer in memory: choose it again to try other settings on it.</source>
        <translation>この語についてのモデルの数値はもうメモリーにありません。別の設定を試すには、もう一度選んでください。</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>執筆(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>調べる(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>移動(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open recent</source>
        <translation>最近使った文書</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>loading, {part} %</source>
        <translation>読み込み中（{part} %）</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>linked: {path}</source>
        <translation>リンク：{path}</translation>
    </message>
    <message>
        <source>{bits} bits a weight</source>
        <translation>重みあたり {bits} ビット</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>コンテキスト {tokens}</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>読み込む</translation>
    </message>
    <message>
        <source>Load {name}</source>
        <translation>{name} を読み込む</translation>
    </message>
    <message>
        <source>Keys, tensors and vocabulary</source>
        <translation>キー、テンソル、語彙</translation>
    </message>
    <message>
        <source>Details of {name}</source>
        <translation>{name} の詳細</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>一覧から外す</translation>
    </message>
    <message>
        <source>Delete the file</source>
        <translation>ファイルを削除</translation>
    </message>
    <message>
        <source>It is at work: load another model before you remove this one.</source>
        <translation>使用中です。別のモデルを読み込んでから外してください。</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} を取り除く</translation>
    </message>
    <message>
        <source>Take it off the list? The file stays where it is.</source>
        <translation>一覧から外しますか？ファイルは今の場所に残ります。</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Delete the file for good?</source>
        <translation>ファイルを完全に削除しますか？</translation>
    </message>
    <message>
        <source>Delete the file for good? It frees {size}.</source>
        <translation>ファイルを完全に削除しますか？{size} が空きます。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Keep {name}</source>
        <translation>{name} を残す</translation>
    </message>
</context>
<context>
    <name>ModelStatus</name>
    <message>
        <source>Loading the model: {part} %</source>
        <translation>モデルを読み込み中：{part} %</translation>
    </message>
    <message>
        <source>The model rests while others work</source>
        <translation>ほかのモデルの作業中は待機</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>モデルなし</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>モデルを選ぶ</translation>
    </message>
    <message>
        <source>fits, {size} to spare</source>
        <translation>メモリーに余裕あり（残り {size}）</translation>
    </message>
    <message>
        <source>tight, {size} to spare</source>
        <translation>メモリーに余裕がほとんどありません（残り {size}）</translation>
    </message>
</context>
<context>
    <name>OfferRow</name>
    <message>
        <source>recommended for this machine</source>
        <translation>このマシンにおすすめ</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>コンテキスト {tokens}</translation>
    </message>
    <message>
        <source>takes about {size} of memory</source>
        <translation>メモリーを約 {size} 使います</translation>
    </message>
    <message>
        <source>{size} to fetch</source>
        <translation>ダウンロード {size}</translation>
    </message>
    <message>
        <source>Level of {name}</source>
        <translation>{name} のレベル</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>ダウンロード</translation>
    </message>
    <message>
        <source>Download {name}</source>
        <translation>{name} をダウンロード</translation>
    </message>
    <message>
        <source>Copy the command, to fetch it in a terminal</source>
        <translation>端末で入手するためのコマンドをコピー</translation>
    </message>
    <message>
        <source>Copy the command for {name}</source>
        <translation>{name} のコマンドをコピー</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Write</source>
        <translation>執筆</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>ライブラリー</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>Partings</name>
    <message>
        <source>Where they part</source>
        <translation>分かれ目</translation>
    </message>
    <message>
        <source>This step</source>
        <translation>この一歩</translation>
    </message>
    <message>
        <source>Token {number}: pale is the model, solid after the sampler.</source>
        <translation>{number} 番目のトークン。薄い色はモデル、濃い色はサンプラー後。</translation>
    </message>
</context>
<context>
    <name>Pipeline</name>
    <message>
        <source>What the sampler did</source>
        <translation>サンプラーの働き</translation>
    </message>
    <message>
        <source>The chain is empty: the model&apos;s own probabilities decide.</source>
        <translation>チェーンは空です。モデル自身の確率で決まります。</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>Custom</source>
        <translation>カスタム</translation>
    </message>
    <message>
        <source>Preset: {title}</source>
        <translation>プリセット：{title}</translation>
    </message>
    <message>
        <source>The settings are your own: they match none of the presets.</source>
        <translation>独自の設定です。どのプリセットとも一致しません。</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Technical writing</source>
        <translation>技術文書</translation>
    </message>
    <message>
        <source>Terms should stay the same from line to line: few surprises, some room for phrasing.</source>
        <translation>用語を一貫させたい文章に。意外な語は少なく、言い回しには少し幅を持たせます。</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事実</translation>
    </message>
    <message>
        <source>One answer is right: always the most probable word, the same on every run.</source>
        <translation>正解が一つのときに。常に最も確率の高い語を選び、何度実行しても同じ結果になります。</translation>
    </message>
    <message>
        <source>FAQ</source>
        <translation>FAQ</translation>
    </message>
    <message>
        <source>Answers should sound alike without being copies: a little freedom in the wording.</source>
        <translation>調子をそろえつつ、丸写しは避けたい回答に。言葉遣いに少し自由を残します。</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>バランス</translation>
    </message>
    <message>
        <source>A start for any text: lively, and it seldom loses the thread.</source>
        <translation>どんな文章の出発点にも。生き生きとしていて、話の筋もあまり外れません。</translation>
    </message>
    <message>
        <source>Quiz</source>
        <translation>クイズ</translation>
    </message>
    <message>
        <source>Questions should differ from one another: the model&apos;s own odds, less the unlikely.</source>
        <translation>問題に変化をつけたいときに。モデル本来の確率から、ありそうもない語だけを除きます。</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>物語</translation>
    </message>
    <message>
        <source>Surprise is welcome: rarer words get a chance, and the odd ones are still cut off.</source>
        <translation>意外性を楽しみたいときに。珍しい語にも機会を与え、不自然な語は除きます。</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Cancel: {name}</source>
        <translation>中止：{name}</translation>
    </message>
    <message>
        <source>Progress: {name}</source>
        <translation>進み具合：{name}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/秒</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>残り {hours} 時間 {minutes} 分</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>残り {minutes} 分</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>残り {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>Purpose</name>
    <message>
        <source>a first look, on any machine</source>
        <translation>どのマシンでも動く、最初の 1 つ</translation>
    </message>
    <message>
        <source>continuing any text, with 8 GB of memory</source>
        <translation>文章の続きを書く（メモリー 8 GB から）</translation>
    </message>
    <message>
        <source>instructions and questions, with 8 GB of memory</source>
        <translation>指示と質問に答える（メモリー 8 GB から）</translation>
    </message>
    <message>
        <source>comparing with 2019: English, a short context</source>
        <translation>2019 年のモデルと比べる（英語、短いコンテキスト）</translation>
    </message>
</context>
<context>
    <name>QuantizationPage</name>
    <message>
        <source>, {minutes}:{seconds} left</source>
        <translation>、残り {minutes}:{seconds}</translation>
    </message>
    <message>
        <source>{file}: {done} of {total} chunks{left}</source>
        <translation>{file}：{total} 区間のうち {done}{left}</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>one text, several levels of one model</source>
        <translation>一つの文章を、一つのモデルのいくつもの量子化で</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較する</translation>
    </message>
    <message>
        <source>There is no second level of this model on this computer. Convert it to other levels in the library, or add a file.</source>
        <translation>このモデルの別の量子化がこのコンピューターにありません。ライブラリーで変換するか、ファイルを追加してください。</translation>
    </message>
    <message>
        <source>Go to the library</source>
        <translation>ライブラリーへ</translation>
    </message>
</context>
<context>
    <name>QuantizationWorkspace</name>
    <message>
        <source>Choose a model file</source>
        <translation>モデルのファイルを選ぶ</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>モデル (*.gguf)</translation>
    </message>
    <message>
        <source>Choose a text</source>
        <translation>文章を選ぶ</translation>
    </message>
    <message>
        <source>{count} chunks of the text were left out: no memory for them.</source>
        <translation>メモリーが足りないため、文章の {count} 区間を除きました。</translation>
    </message>
</context>
<context>
    <name>QuestionsPage</name>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>how often a model is right, and how sure it is</source>
        <translation>モデルはどれだけ正しく、どれだけ確信しているか</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>質問する</translation>
    </message>
    <message>
        <source>General knowledge, in English</source>
        <translation>一般知識（英語）</translation>
    </message>
    <message>
        <source>General knowledge, in Japanese</source>
        <translation>一般知識（日本語）</translation>
    </message>
    <message>
        <source>The quiz below</source>
        <translation>下のクイズ</translation>
    </message>
    <message>
        <source>A file of questions…</source>
        <translation>質問のファイル…</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Temperatures</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>The questions</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Temperatures, with commas</source>
        <translation>温度（コンマ区切り）</translation>
    </message>
    <message>
        <source> times each</source>
        <translation> 回ずつ</translation>
    </message>
    <message>
        <source>How often each question is asked</source>
        <translation>各質問を尋ねる回数</translation>
    </message>
    <message>
        <source>What the model reads</source>
        <translation>モデルが読む文</translation>
    </message>
</context>
<context>
    <name>QuestionsWorkspace</name>
    <message>
        <source>No model is chosen: tick one or more.</source>
        <translation>モデルが選ばれていません。一つ以上選んでください。</translation>
    </message>
    <message>
        <source>{count} questions, {choices} with four choices</source>
        <translation>{count} 問（うち四択 {choices} 問）</translation>
    </message>
    <message>
        <source>Choose a file of questions</source>
        <translation>質問のファイルを選ぶ</translation>
    </message>
    <message>
        <source>Questions (*.jsonl *.txt);;All files (*)</source>
        <translation>質問 (*.jsonl *.txt);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>There is no quiz yet: make one below.</source>
        <translation>クイズがまだありません。下で作ってください。</translation>
    </message>
    <message>
        <source>“{text}” are no temperatures: write them like 0.2, 0.7, 1.4.</source>
        <translation>「{text}」は温度ではありません。0.2, 0.7, 1.4 のように書いてください。</translation>
    </message>
    <message>
        <source>{models}, as a message:</source>
        <translation>{models}（メッセージとして）：</translation>
    </message>
    <message>
        <source>{models}, behind solved examples:</source>
        <translation>{models}（解答例に続けて）：</translation>
    </message>
    <message>
        <source>{models}, for its choices behind solved examples:</source>
        <translation>{models}（選択肢の確率を測るとき、解答例に続けて）：</translation>
    </message>
    <message>
        <source>Loading {model}</source>
        <translation>{model} を読み込み中</translation>
    </message>
    <message>
        <source>Save the questions</source>
        <translation>質問を保存</translation>
    </message>
</context>
<context>
    <name>Quiz</name>
    <message>
        <source>Quiz</source>
        <translation>クイズ</translation>
    </message>
    <message>
        <source>The model writes questions about your document; you answer them.</source>
        <translation>モデルがあなたの文書について問題を作り、あなたが答えます。</translation>
    </message>
    <message>
        <source> questions</source>
        <translation> 問</translation>
    </message>
    <message>
        <source>Questions of the quiz</source>
        <translation>クイズの問題数</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Make a quiz</source>
        <translation>クイズを作る</translation>
    </message>
    <message>
        <source>Save the questions…</source>
        <translation>問題を保存…</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>The model is writing…</source>
        <translation>モデルが書いています…</translation>
    </message>
    <message>
        <source>{right} of {asked} right.</source>
        <translation>{asked} 問中 {right} 問正解。</translation>
    </message>
    <message>
        <source>Question {number} of {total}, {right} right so far</source>
        <translation>{total} 問中 {number} 問目、ここまで {right} 問正解</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>正解です。</translation>
    </message>
    <message>
        <source>The model holds {letter} for right.</source>
        <translation>モデルは {letter} を正解としています。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Workspaces</source>
        <translation>ワークスペース</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Choose {level}: {ratio} of the size, the top token agrees {agreement}, fits with {spare} to spare.</source>
        <translation>{level} がおすすめです。大きさは {ratio} 倍、最有力トークンの一致は {agreement}、メモリーの余裕は {spare} です。</translation>
    </message>
    <message>
        <source>No level that fits agrees on nine tokens of ten.</source>
        <translation>収まるレベルで、10トークン中9つが一致するものはありません。</translation>
    </message>
    <message>
        <source>{level} saves {saved}.</source>
        <translation>{level} は {saved} 小さくなります。</translation>
    </message>
    <message>
        <source>{level} saves {saved} and diverges no more.</source>
        <translation>{level} は {saved} 小さくなり、ずれは変わりません。</translation>
    </message>
    <message>
        <source>{level} saves {saved} and diverges {times} times as much.</source>
        <translation>{level} は {saved} 小さくなりますが、ずれは {times} 倍です。</translation>
    </message>
    <message>
        <source>Divergence</source>
        <translation>ずれ</translation>
    </message>
    <message>
        <source>mean KL a token in nats, log scale, by size; lower left is better</source>
        <translation>トークンあたりの平均 KL（ナット、対数目盛）と大きさ。左下ほどよい</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>with its standard error, by size; lower left is better</source>
        <translation>標準誤差つき、大きさごと。左下ほどよい</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速さ</translation>
    </message>
    <message>
        <source>tokens a second while writing, by size; upper left is better</source>
        <translation>執筆時の毎秒トークン数、大きさごと。左上ほどよい</translation>
    </message>
    <message>
        <source>level</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>bits a weight</source>
        <translation>重みあたりビット</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>KL mean</source>
        <translation>KL 平均</translation>
    </message>
    <message>
        <source>KL 99 %</source>
        <translation>KL 99 %</translation>
    </message>
    <message>
        <source>top token agrees</source>
        <translation>最有力の一致</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>執筆</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>メモリー</translation>
    </message>
    <message>
        <source>Show {level} in the text</source>
        <translation>{level} を文章に示す</translation>
    </message>
    <message>
        <source>{level}, the reference</source>
        <translation>{level}（基準）</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>基準</translation>
    </message>
    <message>
        <source>{rate} tokens/s</source>
        <translation>{rate} トークン/秒</translation>
    </message>
    <message>
        <source>Which words {level} gets wrong</source>
        <translation>{level} が間違える言葉</translation>
    </message>
    <message>
        <source>tint: divergence at the word; click one for its figures. Dim: only read.</source>
        <translation>色は言葉ごとのずれ。クリックで数値を表示。薄い文字は読むだけの部分。</translation>
    </message>
    <message>
        <source>“{word}” is only read: it gives what follows its context.</source>
        <translation>「{word}」は文脈として読まれるだけです。</translation>
    </message>
    <message>
        <source>“{word}”: {before} by the reference, {after} by {level}; divergence {value} nats</source>
        <translation>「{word}」：基準では {before}、{level} では {after}。ずれ {value} ナット</translation>
    </message>
    <message>
        <source>The beginning of the text, continued greedily</source>
        <translation>文章の冒頭を貪欲法で続けた結果</translation>
    </message>
    <message>
        <source>The continuation by {level}</source>
        <translation>{level} の続き</translation>
    </message>
</context>
<context>
    <name>SamplerEditor</name>
    <message>
        <source>Saved, but Python cannot read it: {message}.</source>
        <translation>保存しましたが、Python が読み込めません：{message}</translation>
    </message>
    <message>
        <source>Saved, but Python cannot read line {line}: {message}.</source>
        <translation>保存しましたが、Python が {line} 行目を読み込めません：{message}</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>no longer in the folder</source>
        <translation>フォルダーにありません</translation>
    </message>
    <message>
        <source>Checked, it is a stage of the chain.</source>
        <translation>チェックを入れると、チェーンの段階になります。</translation>
    </message>
    <message>
        <source>{file} · not saved</source>
        <translation>{file} · 未保存</translation>
    </message>
    <message>
        <source>This system has no program for Python files: open {path} in one.</source>
        <translation>Python ファイルを開くプログラムがありません。エディターで {path} を開いてください。</translation>
    </message>
    <message>
        <source>Samplers are programs and may do whatever you may: use only those that you have read. A checked one is a stage of the chain.</source>
        <translation>サンプラーはプログラムで、あなたと同じ権限で動きます。内容を確かめたものだけを使ってください。チェックを入れたものがチェーンの段階になります。</translation>
    </message>
    <message>
        <source>Samplers</source>
        <translation>サンプラー</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>Makes a sampler that changes nothing yet.</source>
        <translation>まだ何も変えないサンプラーを作ります。</translation>
    </message>
    <message>
        <source>Name of the new sampler</source>
        <translation>新しいサンプラーの名前</translation>
    </message>
    <message>
        <source>Return makes it, Esc does not.</source>
        <translation>Return で作成、Esc で取り消します。</translation>
    </message>
    <message>
        <source>Open in my own editor</source>
        <translation>自分のエディターで開く</translation>
    </message>
    <message>
        <source>What you save there appears here at once.</source>
        <translation>そこで保存した内容は、すぐここに反映されます。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saves the sampler ({key}); the next token uses it.</source>
        <translation>サンプラーを保存します（{key}）。次のトークンから使われます。</translation>
    </message>
    <message>
        <source>Take the file&apos;s text</source>
        <translation>ファイルの内容を読み込む</translation>
    </message>
    <message>
        <source>The file was changed elsewhere. Undo brings your own text back.</source>
        <translation>ファイルがほかの場所で変更されました。「元に戻す」で自分の内容に戻せます。</translation>
    </message>
    <message>
        <source>Text of the sampler</source>
        <translation>サンプラーの内容</translation>
    </message>
    <message>
        <source>Where it failed</source>
        <translation>失敗した箇所</translation>
    </message>
</context>
<context>
    <name>ScoreChart</name>
    <message>
        <source>Your scores</source>
        <translation>あなたの成績</translation>
    </message>
</context>
<context>
    <name>Selection</name>
    <message>
        <source>Reference</source>
        <translation>基準</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>量子化</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>A sample in English</source>
        <translation>英語の見本</translation>
    </message>
    <message>
        <source>A sample in Japanese</source>
        <translation>日本語の見本</translation>
    </message>
    <message>
        <source>My document</source>
        <translation>自分の文書</translation>
    </message>
    <message>
        <source>A file…</source>
        <translation>ファイル…</translation>
    </message>
    <message>
        <source>The reference</source>
        <translation>基準</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>the whole text</source>
        <translation>文章全体</translation>
    </message>
    <message>
        <source> chunks</source>
        <translation> 区間</translation>
    </message>
    <message>
        <source>Chunks of 512 tokens</source>
        <translation>512 トークンのまとまりの数</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>ファイルを追加…</translation>
    </message>
    <message>
        <source>Coarse itself: F16, BF16 or Q8_0 would measure better.</source>
        <translation>基準としては粗いです。F16、BF16、Q8_0 のほうが正確です。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>ライト／ダーク</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>文字の大きさ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Length of a continuation</source>
        <translation>続きの長さ</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>コンテキスト</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>プロセッサーのスレッド数</translation>
    </message>
    <message>
        <source>A new context or number of threads loads the model again.</source>
        <translation>コンテキストやスレッド数を変えると、モデルを読み込み直します。</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保存場所</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文書</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>The journal holds every version of your documents, so that nothing is lost. All of it stays on this computer.</source>
        <translation>記録には文書のすべての版が残るため、何も失われません。すべてこのコンピューターの中だけに保存されます。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Back to writing</source>
        <translation>執筆に戻る</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> トークン</translation>
    </message>
    <message>
        <source>Chosen for this machine</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>別のモデルを選ぶ</translation>
    </message>
    <message>
        <source>Open the folder of the documents</source>
        <translation>文書のフォルダーを開く</translation>
    </message>
    <message>
        <source>Open the folder of the journal</source>
        <translation>記録のフォルダーを開く</translation>
    </message>
    <message>
        <source>Open the folder of the models</source>
        <translation>モデルのフォルダーを開く</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Back to writing</source>
        <translation>執筆に戻る</translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation>操作またはキーを検索</translation>
    </message>
    <message>
        <source>No action and no key is called that.</source>
        <translation>一致する操作やキーはありません。</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Candidates</source>
        <translation>候補</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>チェーン</translation>
    </message>
    <message>
        <source>Samplers</source>
        <translation>サンプラー</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Makes single tokens more or less probable.</source>
        <translation>特定のトークンの確率を上げ下げします。</translation>
    </message>
    <message>
        <source>Makes tokens that were written a short while ago less probable.</source>
        <translation>少し前に書かれたトークンの確率を下げます。</translation>
    </message>
    <message>
        <source>Stops whole sequences from being repeated; single words may come again.</source>
        <translation>一続きの語句の繰り返しを防ぎます。単独の語は再び使えます。</translation>
    </message>
    <message>
        <source>Keeps a fixed number of the most probable tokens.</source>
        <translation>確率の高い順に、決まった数のトークンを残します。</translation>
    </message>
    <message>
        <source>Keeps the tokens that surprise about as much as the model expects.</source>
        <translation>意外さがモデルの予想に近いトークンを残します。</translation>
    </message>
    <message>
        <source>Keeps the most probable tokens until together they reach this probability.</source>
        <translation>確率の高い順に、合計がこの確率に達するまでのトークンを残します。</translation>
    </message>
    <message>
        <source>Removes tokens that are far less probable than the best one.</source>
        <translation>最上位より確率が大きく劣るトークンを除きます。</translation>
    </message>
    <message>
        <source>Keeps the tokens whose logit is near the largest, in standard deviations.</source>
        <translation>ロジットが最大値に近いトークンを、標準偏差を基準に残します。</translation>
    </message>
    <message>
        <source>Now and then takes the most obvious tokens away, so that rarer ones come up.</source>
        <translation>ときどき最もありふれたトークンを外し、珍しいトークンを出やすくします。</translation>
    </message>
    <message>
        <source>Below 1 the probable gets more probable; above 1 the rare gets its chance.</source>
        <translation>1 未満では確率の高い語がより選ばれやすく、1 を超えると珍しい語にも機会が増えます。</translation>
    </message>
    <message>
        <source>A temperature that rises where the model is unsure and falls where it is sure.</source>
        <translation>モデルが迷うところで上がり、確信があるところで下がる温度です。</translation>
    </message>
    <message>
        <source>Keeps the text at an even level of surprise, and chooses the token.</source>
        <translation>文章の意外さを一定に保ちながら、トークンを選びます。</translation>
    </message>
    <message>
        <source>Always takes the most probable token.</source>
        <translation>常に最も確率の高いトークンを選びます。</translation>
    </message>
    <message>
        <source>A sampler of your own, from the samplers folder.</source>
        <translation>サンプラーのフォルダーにある、自作のサンプラーです。</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>確率</translation>
    </message>
    <message>
        <source>keep at least</source>
        <translation>最少の残り数</translation>
    </message>
    <message>
        <source>So many tokens stay in any case.</source>
        <translation>少なくともこの数のトークンが残ります。</translation>
    </message>
    <message>
        <source>look back</source>
        <translation>さかのぼる範囲</translation>
    </message>
    <message>
        <source>How many of the last tokens count; 0 is off.</source>
        <translation>対象にする直近のトークン数です。0 でオフになります。</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>The logits are divided by it; 0 keeps the best token alone.</source>
        <translation>ロジットをこの値で割ります。0 では最上位のトークンだけが残ります。</translation>
    </message>
    <message>
        <source>token=bias</source>
        <translation>トークン=バイアス</translation>
    </message>
    <message>
        <source>Pairs like 15=-inf 29=2.5; minus infinity forbids a token.</source>
        <translation>「15=-inf 29=2.5」のような組です。-inf でそのトークンを禁止します。</translation>
    </message>
    <message>
        <source>repeat</source>
        <translation>繰り返し</translation>
    </message>
    <message>
        <source>Divides the logit of a token that was written; 1 is off.</source>
        <translation>すでに書かれたトークンのロジットを割ります。1 でオフになります。</translation>
    </message>
    <message>
        <source>frequency</source>
        <translation>頻度</translation>
    </message>
    <message>
        <source>Taken off once for each time the token was written.</source>
        <translation>トークンが書かれた回数だけ差し引きます。</translation>
    </message>
    <message>
        <source>presence</source>
        <translation>出現</translation>
    </message>
    <message>
        <source>Taken off once if the token was written at all.</source>
        <translation>トークンが一度でも書かれていれば、一回だけ差し引きます。</translation>
    </message>
    <message>
        <source>strength</source>
        <translation>強さ</translation>
    </message>
    <message>
        <source>What the shortest punished repetition costs; 0 is off.</source>
        <translation>対象になる最短の繰り返しへの減点です。0 でオフになります。</translation>
    </message>
    <message>
        <source>growth</source>
        <translation>増え方</translation>
    </message>
    <message>
        <source>Each further token of a repetition costs so many times more.</source>
        <translation>繰り返しが 1 トークン延びるごとに、減点がこの倍率で増えます。</translation>
    </message>
    <message>
        <source>allowed length</source>
        <translation>許容する長さ</translation>
    </message>
    <message>
        <source>Repetitions shorter than this are free.</source>
        <translation>これより短い繰り返しは減点しません。</translation>
    </message>
    <message>
        <source>breakers</source>
        <translation>区切り</translation>
    </message>
    <message>
        <source>No repetition reaches across one of these texts; a list as JSON writes it.</source>
        <translation>これらの文字列をまたぐ繰り返しは数えません。JSON の配列で書きます。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>トークン数</translation>
    </message>
    <message>
        <source>So many tokens stay; 0 keeps all.</source>
        <translation>この数のトークンが残ります。0 ではすべて残ります。</translation>
    </message>
    <message>
        <source>What is kept reaches this; 1 keeps all.</source>
        <translation>残すトークンの合計がこの値に達します。1 ではすべて残ります。</translation>
    </message>
    <message>
        <source>share of the best</source>
        <translation>最上位に対する割合</translation>
    </message>
    <message>
        <source>A token below this share of the best one goes; 0 is off.</source>
        <translation>最上位に対してこの割合に満たないトークンを除きます。0 でオフになります。</translation>
    </message>
    <message>
        <source>deviations</source>
        <translation>標準偏差の数</translation>
    </message>
    <message>
        <source>How far below the largest logit a token may lie; 0 is off.</source>
        <translation>最大のロジットからどれだけ下まで残すかです。0 でオフになります。</translation>
    </message>
    <message>
        <source>how often</source>
        <translation>頻度</translation>
    </message>
    <message>
        <source>The chance that it happens at a token; 0 is off.</source>
        <translation>各トークンで実行される確率です。0 でオフになります。</translation>
    </message>
    <message>
        <source>obvious from</source>
        <translation>ありふれたとみなす確率</translation>
    </message>
    <message>
        <source>A token of this probability is obvious; the last one stays.</source>
        <translation>この確率以上のトークンを、ありふれたものとみなします。そのうち最後の一つは残ります。</translation>
    </message>
    <message>
        <source>up and down</source>
        <translation>変動幅</translation>
    </message>
    <message>
        <source>How far the temperature may go either way; 0 is off.</source>
        <translation>温度が上下に動ける幅です。0 でオフになります。</translation>
    </message>
    <message>
        <source>exponent</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Above 1 it rises only where the model is very unsure.</source>
        <translation>1 を超えると、モデルが大きく迷うところでだけ上がります。</translation>
    </message>
    <message>
        <source>surprise in bits</source>
        <translation>意外さ（ビット）</translation>
    </message>
    <message>
        <source>The level of surprise that it steers to.</source>
        <translation>目標とする意外さの水準です。</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>How fast it steers, from 0 to 1.</source>
        <translation>目標に近づく速さです（0～1）。</translation>
    </message>
    <message>
        <source>As in llama.cpp</source>
        <translation>llama.cpp と同じ順</translation>
    </message>
    <message>
        <source>What is improbable is removed first, then the temperature works on the rest.</source>
        <translation>先に確率の低いものを除き、残りに温度を適用します。</translation>
    </message>
    <message>
        <source>Temperature first</source>
        <translation>温度を先に</translation>
    </message>
    <message>
        <source>The temperature also decides how much is removed, as in other programs.</source>
        <translation>ほかのプログラムと同じく、除く量も温度で変わります。</translation>
    </message>
</context>
<context>
    <name>StageCard</name>
    <message>
        <source>{count} left</source>
        <translation>残り {count}</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>変化なし</translation>
    </message>
    <message>
        <source>sharper</source>
        <translation>より鋭く</translation>
    </message>
    <message>
        <source>flatter</source>
        <translation>より平らに</translation>
    </message>
    <message>
        <source>{percent} of the model&apos;s probability</source>
        <translation>モデルの確率の {percent}</translation>
    </message>
</context>
<context>
    <name>StageRow</name>
    <message>
        <source>{stage}, stage {position} of {count}</source>
        <translation>{stage}（{count} 段階中 {position} 番目）</translation>
    </message>
    <message>
        <source>Use {stage}</source>
        <translation>{stage} を使う</translation>
    </message>
    <message>
        <source>Remove {stage}</source>
        <translation>{stage} を取り除く</translation>
    </message>
    <message>
        <source>Drag it to another place, or press {up} or {down}.</source>
        <translation>ドラッグするか、{up} または {down} で移動します。</translation>
    </message>
    <message>
        <source>A stage that is off keeps its place and its values.</source>
        <translation>オフにした段階も、位置と値を保ちます。</translation>
    </message>
    <message>
        <source>Takes the stage out of the chain.</source>
        <translation>この段階をチェーンから外します。</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>context {used} / {size}</source>
        <translation>コンテキスト {used} / {size}</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} トークン/秒</translation>
    </message>
    <message>
        <source>prompt reused {part}</source>
        <translation>プロンプト再利用 {part}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>オフライン</translation>
    </message>
    <message>
        <source>Nothing that you write leaves this computer.</source>
        <translation>書いた内容がこのコンピューターの外に出ることはありません。</translation>
    </message>
</context>
<context>
    <name>StrategiesPage</name>
    <message>
        <source>A chain of my own…</source>
        <translation>自分のチェーン…</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>生成方法</translation>
    </message>
    <message>
        <source>one prompt, read once, decoded together</source>
        <translation>一つの書き出しを一度だけ読み、まとめて生成</translation>
    </message>
    <message>
        <source>What is to be continued</source>
        <translation>続きを書かせる文章</translation>
    </message>
    <message>
        <source>The prompt</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Take my document</source>
        <translation>文書から取り込む</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> トークン</translation>
    </message>
    <message>
        <source>Tokens a column</source>
        <translation>列ごとのトークン数</translation>
    </message>
    <message>
        <source>runs each: </source>
        <translation>各設定の回数：</translation>
    </message>
    <message>
        <source>Runs of each setting</source>
        <translation>各設定の回数</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>設定を追加</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>すべて実行</translation>
    </message>
    <message>
        <source>A chain of my own, then Enter</source>
        <translation>自分のチェーンを入力して Enter</translation>
    </message>
</context>
<context>
    <name>StrategiesWorkspace</name>
    <message>
        <source>The prompt is empty: write what is to be continued.</source>
        <translation>書き出しが空です。続きを書かせる文章を入力してください。</translation>
    </message>
    <message>
        <source>Reading the prompt…</source>
        <translation>書き出しを読んでいます…</translation>
    </message>
    <message>
        <source>One setting has to stay.</source>
        <translation>設定は一つ以上必要です。</translation>
    </message>
    <message>
        <source>Stopped: what was written stays.</source>
        <translation>停止しました。書かれた分は残ります。</translation>
    </message>
    <message>
        <source>{runs} texts from {tokens} tokens of prompt in {seconds} s.</source>
        <translation>{tokens} トークンの書き出しから {runs} 本を {seconds} 秒で。</translation>
    </message>
    <message>
        <source>Decoded together, the arithmetic rounds in another order than for one text alone: a column may part from the same setting and seed in Write.</source>
        <translation>まとめて生成すると、計算の丸めの順序が一本のときと変わります。同じ設定とシードでも、執筆画面の結果と途中で分かれることがあります。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>Token {index} of {count}: as sure as a choice among {choices}</source>
        <translation>{count} 個中 {index} 番目のトークン：{choices} 択と同じ確かさ</translation>
    </message>
    <message>
        <source> (entropy {nats} nats)</source>
        <translation>（エントロピー {nats} ナット）</translation>
    </message>
    <message>
        <source>Uncertainty, token by token</source>
        <translation>トークンごとの不確かさ</translation>
    </message>
    <message>
        <source>Left and Right pick a token.</source>
        <translation>左右の矢印キーでトークンを選びます。</translation>
    </message>
</context>
<context>
    <name>TopLine</name>
    <message>
        <source>edited</source>
        <translation>編集済み</translation>
    </message>
    <message>
        <source>1 character</source>
        <translation>1 文字</translation>
    </message>
    <message>
        <source>{count} characters</source>
        <translation>{count} 文字</translation>
    </message>
    <message>
        <source>1 word</source>
        <translation>1 語</translation>
    </message>
    <message>
        <source>{count} words</source>
        <translation>{count} 語</translation>
    </message>
    <message>
        <source>Settings that are shown: {choice}</source>
        <translation>表示する設定：{choice}</translation>
    </message>
    <message>
        <source>Simple</source>
        <translation>シンプル</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
</context>
<context>
    <name>VersionModel</name>
    <message>
        <source>Version {number} of {count}, in the text: {words}</source>
        <translation>{count} 版中 {number} 番目（本文に表示中）：{words}</translation>
    </message>
    <message>
        <source>Version {number} of {count}: {words}</source>
        <translation>{count} 版中 {number} 番目：{words}</translation>
    </message>
</context>
<context>
    <name>VersionTree</name>
    <message>
        <source>Versions</source>
        <translation>版</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Choose a model</source>
        <translation>モデルを選ぶ</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>モデル (*.gguf)</translation>
    </message>
    <message>
        <source>Open a document</source>
        <translation>文書を開く</translation>
    </message>
    <message>
        <source>Text (*.md *.markdown *.txt);;All files (*)</source>
        <translation>テキスト (*.md *.markdown *.txt);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Save the document</source>
        <translation>文書を保存</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>The settings could not be written ({reason}).</source>
        <translation>設定を書き込めませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Inkglass {version}: a writing desk that stays on your machine. MIT licence.</source>
        <translation>Inkglass {version}：あなたのコンピューターの中だけで動く執筆環境です。MIT ライセンス。</translation>
    </message>
    <message>
        <source>A workspace is still at work: closing now ends what it is doing.</source>
        <translation>ワークスペースがまだ作業中です。いま閉じると、その作業は終わります。</translation>
    </message>
    <message>
        <source>The journal is not on the disk yet, so closing now could lose text: make room on the disk, or save the document elsewhere.</source>
        <translation>記録がまだディスクに書き込まれていません。今閉じると文章が失われるおそれがあります。ディスクの空きを増やすか、文書を別の場所に保存してください。</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>それでも閉じる</translation>
    </message>
</context>
<context>
    <name>WriteWorkspace</name>
    <message>
        <source>The model is writing already: Esc stops it.</source>
        <translation>モデルが執筆中です。Esc で停止できます。</translation>
    </message>
    <message>
        <source>There is no text yet: write a few words, and the model goes on.</source>
        <translation>まだ文章がありません。少し書くと、モデルが続きを書きます。</translation>
    </message>
    <message>
        <source>Write a few words here. Then let the model go on with Ctrl+Enter.</source>
        <translation>少し書いて、Ctrl+Enter で続きをモデルに任せます。</translation>
    </message>
    <message>
        <source>No model is at work: choose one in the library.</source>
        <translation>動いているモデルがありません。ライブラリーで選んでください。</translation>
    </message>
    <message>
        <source>The model has given its memory to others: wait until they are done, or stop them.</source>
        <translation>モデルはメモリーをほかの作業に譲っています。終わるまで待つか、その作業を止めてください。</translation>
    </message>
    <message>
        <source>The model is being loaded: it writes as soon as it is ready.</source>
        <translation>モデルを読み込んでいます。準備ができ次第、書き始めます。</translation>
    </message>
    <message>
        <source>Open the sampler</source>
        <translation>サンプラーを開く</translation>
    </message>
    <message>
        <source>{percent} likely, as the model saw it</source>
        <translation>モデルから見た確率 {percent}</translation>
    </message>
    <message>
        <source>The model reads your text: {done} of {total} tokens. Esc stops it.</source>
        <translation>モデルが文章を読んでいます：{done} / {total} トークン。Esc で止められます。</translation>
    </message>
    <message>
        <source>The text is longer than the model&apos;s context: it no longer sees the oldest {forgotten} tokens, and sees the last {kept}.</source>
        <translation>文章がモデルのコンテキストより長くなりました。最初の {forgotten} トークンは見えなくなり、最後の {kept} トークンだけが見えています。</translation>
    </message>
</context>
<context>
    <name>_EmptyState</name>
    <message>
        <source>Click a word that the model wrote, and see what it was chosen from.</source>
        <translation>モデルが書いた語をクリックすると、どの候補から選ばれたかがわかります。</translation>
    </message>
    <message>
        <source>Continue the text</source>
        <translation>続きを書く</translation>
    </message>
</context>
<context>
    <name>_JoinedTokens</name>
    <message>
        <source>{count} byte tokens joined: {bytes} · together {percent}</source>
        <translation>{count} 個のバイトトークンを結合：{bytes} · 合わせて {percent}</translation>
    </message>
    <message>
        <source>Token {index} of {count}</source>
        <translation>{count} 個中 {index} 番目のトークン</translation>
    </message>
    <message>
        <source>Previous token</source>
        <translation>前のトークン</translation>
    </message>
    <message>
        <source>Next token</source>
        <translation>次のトークン</translation>
    </message>
</context>
<context>
    <name>_Notice</name>
    <message>
        <source>Note</source>
        <translation>お知らせ</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>エラー</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Dismiss: {sentence}</source>
        <translation>閉じる：{sentence}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>詳細を隠す</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>詳細を表示</translation>
    </message>
</context>
<context>
    <name>_PresetList</name>
    <message>
        <source>Presets</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>T {temperature:.2f} · top-p {top_p:.2f}</source>
        <translation>T {temperature:.2f} · top-p {top_p:.2f}</translation>
    </message>
    <message>
        <source>T {temperature:.2f} · greedy</source>
        <translation>T {temperature:.2f} · 貪欲法</translation>
    </message>
</context>
</TS>
